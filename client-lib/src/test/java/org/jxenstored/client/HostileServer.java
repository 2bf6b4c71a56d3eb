package org.jxenstored.client;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Fuzz;

/**
 * A server that answers with what comes to its mind, most often something of the right form. It hangs up after an answer
 * that it damaged, and after many answers, so nobody waits for ever.
 */
final class HostileServer implements Transport {
    private static final byte[] END = new byte[0];
    private static final int ANSWERS_MAX = 300;
    private static final String WORDS = "/ab@\0\0\0nrwb0123456789 \u00ff-";

    private final Fuzz fuzz;
    private final List<String> tokens;
    private final LinkedBlockingQueue<byte[]> toSend = new LinkedBlockingQueue<>();
    private ByteBuffer sending = ByteBuffer.allocate(0);
    private int answers;

    /** @param tokens of watches, to send events for; more may be added */
    HostileServer(Fuzz fuzz, List<String> tokens) {
        this.fuzz = fuzz;
        this.tokens = tokens;
    }

    /** Thinks of the answers at once, on the thread that asks, so that they depend on nothing but the seed. */
    @Override
    public void write(ByteBuffer messages) {
        while (messages.hasRemaining()) {
            Header header = Header.read(messages);
            messages.position(messages.position() + header.length());
            answer(header);
        }
    }

    private void answer(Header request) {
        while (fuzz.oneIn(3)) {
            toSend.add(Message.event(event()).toByteArray());
        }
        byte[] reply = reply(request).toByteArray();
        boolean damaged = fuzz.oneIn(30);
        toSend.add(damaged ? fuzz.damaged(reply) : reply);
        if (damaged || ++answers == ANSWERS_MAX) {
            toSend.add(END);
        }
    }

    private Message reply(Header request) {
        int type = fuzz.oneIn(4) ? MessageType.ERROR.number() : request.type();
        int id = fuzz.oneIn(10) ? 0 : request.requestId();
        return new Message(type, id, request.transactionId(), payload(type));
    }

    private Value payload(int type) {
        if (type == MessageType.ERROR.number() && !fuzz.oneIn(5)) {
            return Value.of(fuzz.oneOf(List.of("ENOENT\0", "E2BIG\0", "EAGAIN\0", "EINVAL\0", "EACCES", "EQUOTA\0")));
        }
        return switch (fuzz.upTo(4)) {
            case 0 -> Value.of("OK\0");
            case 1 -> Value.of(fuzz.upTo(99) + "\0");
            case 2 -> Value.of("a\0b\0");
            case 3 -> Value.copyOf(fuzz.bytes(fuzz.oneIn(5) ? 4096 : 20));
            default -> Value.of(fuzz.text(WORDS, fuzz.oneIn(20) ? 300 : 20));
        };
    }

    private Value event() {
        String token = fuzz.oneIn(4) || tokens.isEmpty() ? fuzz.text("jx-12345", 5) : fuzz.oneOf(tokens);
        String path = fuzz.text("/a", 6);
        return fuzz.oneIn(8) ? Value.of(fuzz.text(WORDS, 12)) : Value.of(path + '\0' + token + '\0');
    }

    @Override
    public int read(ByteBuffer to) {
        try {
            while (!sending.hasRemaining()) {
                byte[] next = toSend.take();
                if (next.length == 0) {
                    return -1;
                }
                sending = ByteBuffer.wrap(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
        int count = Math.min(to.remaining(), sending.remaining());
        to.put(sending.slice(sending.position(), count));
        sending.position(sending.position() + count);
        return count;
    }

    @Override
    public void close() {
        toSend.add(END);
    }

    @Override
    public boolean readsWithoutAThread() {
        return true;
    }
}
