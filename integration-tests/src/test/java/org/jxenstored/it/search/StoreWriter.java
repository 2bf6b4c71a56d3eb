package org.jxenstored.it.search;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.transcript.Stream;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.server.XenstoreServer;

/** A program of dom0 that changes the store below one node, and knows what is there after each of its changes. */
final class StoreWriter {
    /** Below this it is alone. */
    static final String TOP = "/p";

    private static final String NOBODY = "n0";
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final List<String> PERMISSIONS = List.of(NOBODY, "r0", "b0");
    private static final int AT_ONCE_MAX = 6;
    private static final int VALUE_MAX = 3000;

    private final RandomGenerator chance;
    private final BooleanSupplier serverLives;

    /** What was there after each change, by path: permissions and value. */
    private final List<SortedMap<String, String>> states = new ArrayList<>();

    /** For each request without an answer: how many of the states are sure when it is answered. */
    private final Deque<Integer> unanswered = new ArrayDeque<>();

    private int answered;
    private int lastRequest;
    private int transaction;
    private @Nullable EmbeddedChannel channel;

    /** @param serverLives false once what the server sends never left the machine */
    StoreWriter(RandomGenerator chance, BooleanSupplier serverLives) {
        this.chance = chance;
        this.serverLives = serverLives;
        states.add(new TreeMap<>());
    }

    /** Goes on with a server whose store is, below the top, as it says. */
    void connect(XenstoreServer server, SortedMap<String, String> found) {
        states.clear();
        states.add(found);
        answered = 0;
        unanswered.clear();
        EmbeddedChannel opened = new EmbeddedChannel(new Inbox());
        channel = opened;
        server.accept(opened, OptionalInt.empty());
    }

    /** What may be there: all from the last change that was answered on. */
    List<SortedMap<String, String>> possible() {
        return states.subList(answered, states.size());
    }

    /** Asks for some changes, at once or in a transaction. */
    void change() {
        int count = 1 + chance.nextInt(AT_ONCE_MAX);
        boolean together = chance.nextInt(3) == 0;
        if (together) {
            send(List.of(request(MessageType.TRANSACTION_START, 0, "\0")), sure());
        }
        int number = together ? transaction : 0;
        SortedMap<String, String> now = new TreeMap<>(states.getLast());
        List<Message> requests = new ArrayList<>();
        List<Integer> sure = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(change(now, number));
            if (!together) {
                states.add(new TreeMap<>(now));
            }
            sure.add(states.size() - 1);
        }
        if (together) {
            states.add(now);
            requests.add(request(MessageType.TRANSACTION_END, number, "T\0"));
            sure.add(states.size() - 1);
        }
        send(requests, sure);
    }

    private List<Integer> sure() {
        return List.of(states.size() - 1);
    }

    /** A request, of which the state is made what it will be then. */
    private Message change(SortedMap<String, String> state, int number) {
        String path = path();
        if (!state.containsKey(TOP) || chance.nextInt(4) > 0) {
            String value = "v".repeat(chance.nextInt(VALUE_MAX)) + lastRequest;
            state.put(path, make(state, path).substring(0, NOBODY.length()) + value);
            return request(MessageType.WRITE, number, path + "\0" + value);
        }
        List<String> there = List.copyOf(state.keySet());
        path = there.get(chance.nextInt(there.size()));
        if (chance.nextBoolean()) {
            String permissions = PERMISSIONS.get(chance.nextInt(PERMISSIONS.size()));
            state.put(
                    path, permissions + Objects.requireNonNull(state.get(path)).substring(NOBODY.length()));
            return request(MessageType.SET_PERMS, number, path + "\0" + permissions + "\0");
        }
        state.remove(path);
        state.subMap(path + "/", path + "0").clear();
        return request(MessageType.RM, number, path + "\0");
    }

    private String path() {
        StringBuilder path = new StringBuilder(TOP);
        for (int depth = chance.nextInt(4); depth > 0; depth--) {
            path.append('/').append(NAMES.get(chance.nextInt(NAMES.size())));
        }
        return path.toString();
    }

    /** A new node is made with all above it, and with the permissions of the one above. */
    private static String make(SortedMap<String, String> state, String path) {
        @Nullable String there = state.get(path);
        if (there != null) {
            return there;
        }
        String above = path.equals(TOP) ? NOBODY : make(state, path.substring(0, path.lastIndexOf('/')));
        String made = above.substring(0, NOBODY.length());
        state.put(path, made);
        return made;
    }

    private Message request(MessageType type, int number, String payload) {
        return Message.of(type, ++lastRequest, number, Value.of(payload));
    }

    private void send(List<Message> requests, List<Integer> sure) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Message request : requests) {
            bytes.writeBytes(request.toByteArray());
        }
        unanswered.addAll(sure);
        Objects.requireNonNull(channel).writeInbound(Unpooled.wrappedBuffer(bytes.toByteArray()));
    }

    private void take(Message reply) {
        if (reply.isOfType(MessageType.ERROR)) {
            throw new AssertionError("a change is refused: " + reply.payload().text());
        }
        answered = unanswered.remove();
        if (reply.isOfType(MessageType.TRANSACTION_START)) {
            transaction = Integer.parseUnsignedInt(reply.payload().text().replace("\0", ""));
        }
    }

    private final class Inbox extends ChannelOutboundHandlerAdapter {
        private final Stream received = new Stream();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            ByteBuf part = (ByteBuf) message;
            received.add(ByteBufUtil.getBytes(part));
            part.release();
            promise.setSuccess();
            for (var next = received.take(); next.isPresent(); next = received.take()) {
                if (serverLives.getAsBoolean()) {
                    take(next.get());
                }
            }
        }
    }
}
