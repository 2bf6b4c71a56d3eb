package org.jxenstored.it.life;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jxenstored.it.transcript.Stream;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.sim.host.SimHost;

/**
 * A privileged client that watches {@code @introduceDomain} and {@code @releaseDomain}, plain and with domid, and
 * remembers every single event, as it comes from the daemon and unmerged.
 */
final class SpecialEvents {
    static final String INTRODUCE = "@introduceDomain";
    static final String RELEASE = "@releaseDomain";

    /**
     * An event.
     *
     * @param millis when it came
     * @param step how many steps the host's timeline had then
     * @param path a special name alone or with {@code /domid}
     */
    record Event(long millis, int step, String path) {}

    private final SimHost host;
    private final List<Event> events = new ArrayList<>();
    private int told;

    SpecialEvents(SimHost host) {
        this.host = host;
    }

    /** Connects to a daemon; on its event loop. What was heard from an earlier one stays. */
    void watch(XenstoreServer server) {
        EmbeddedChannel channel = new EmbeddedChannel(new Inbox());
        server.accept(channel, OptionalInt.of(Domid.DOM0));
        for (String name : List.of(INTRODUCE, RELEASE)) {
            ask(channel, name, name + " plain");
            ask(channel, name, name + " each", "1");
        }
    }

    private static void ask(EmbeddedChannel channel, String... arguments) {
        channel.writeInbound(Unpooled.wrappedBuffer(
                Message.of(MessageType.WATCH, 1, 0, Arguments.join(arguments)).toByteArray()));
    }

    /** All events. */
    List<Event> all() {
        return List.copyOf(events);
    }

    /** The paths of those events that this method has not given yet. */
    List<String> news() {
        List<String> paths =
                events.subList(told, events.size()).stream().map(Event::path).toList();
        told = events.size();
        return paths;
    }

    /** Takes what the daemon sends. */
    private final class Inbox extends ChannelOutboundHandlerAdapter {
        private final Stream received = new Stream();
        private final Set<String> registered = new HashSet<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf part = (ByteBuf) message;
            received.add(ByteBufUtil.getBytes(part));
            part.release();
            for (var next = received.take(); next.isPresent(); next = received.take()) {
                take(next.get());
            }
        }

        private void take(Message message) {
            if (message.isOfType(MessageType.WATCH_EVENT)) {
                List<String> arguments = Arguments.all(message.payload());
                // The first event of a watch says only that it is there.
                if (!registered.add(arguments.get(1))) {
                    int step = host.timeline().all().size();
                    events.add(new Event(host.time().millis(), step, arguments.get(0)));
                }
            } else if (message.isOfType(MessageType.ERROR)) {
                throw new AssertionError(
                        "the daemon refuses a watch: " + message.payload().text());
            }
        }
    }
}
