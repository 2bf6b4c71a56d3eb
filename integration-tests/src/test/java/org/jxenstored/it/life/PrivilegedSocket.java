package org.jxenstored.it.life;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.transcript.Stream;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.server.XenstoreServer;

/**
 * A privileged client on a socket. Its requests are served while it asks, before anything else happens; events and
 * replies come in the order in which the daemon sent them.
 */
final class PrivilegedSocket {
    private final EmbeddedChannel channel = new EmbeddedChannel(new Inbox());
    private final Consumer<Message> events;
    private final Map<Integer, Message> replies = new HashMap<>();
    private int lastRequest;

    /**
     * Connects; on the daemon's event loop.
     *
     * @param events takes watch events, unmerged
     */
    PrivilegedSocket(XenstoreServer server, Consumer<Message> events) {
        this.events = events;
        server.accept(channel, OptionalInt.of(Domid.DOM0));
    }

    /** Asks and gives the reply, which may be an ERROR. */
    Message ask(MessageType type, String... arguments) {
        return ask(0, type, Arguments.join(arguments));
    }

    /** The same in a transaction, or with 0 outside of all. */
    Message ask(int transaction, MessageType type, Value payload) {
        lastRequest++;
        channel.writeInbound(Unpooled.wrappedBuffer(
                Message.of(type, lastRequest, transaction, payload).toByteArray()));
        @Nullable Message reply = replies.remove(lastRequest);
        if (reply == null) {
            throw new AssertionError("no answer to " + type + " " + payload.text());
        }
        return reply;
    }

    /** Takes what the daemon sends. */
    private final class Inbox extends ChannelOutboundHandlerAdapter {
        private final Stream received = new Stream();

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
                events.accept(message);
            } else {
                replies.put(message.requestId(), message);
            }
        }
    }
}
