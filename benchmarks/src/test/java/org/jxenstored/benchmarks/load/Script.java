package org.jxenstored.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** The daemon's end of a connection, with all it will say known before; then it is closed. */
final class Script implements ByteChannel {
    private final Queue<byte[]> pieces = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private int takes = Integer.MAX_VALUE;
    private boolean open = true;

    /** The next read gives this. */
    Script says(byte[]... messages) {
        pieces.add(joined(messages));
        return this;
    }

    /** From now on a write takes at most so many bytes. */
    void takes(int bytes) {
        takes = bytes;
    }

    /** All that was written. */
    byte[] heard() {
        return written.toByteArray();
    }

    static byte[] joined(byte[]... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        return all.toByteArray();
    }

    static byte[] message(MessageType type, int requestId, int transactionId, String payload) {
        return Message.of(type, requestId, transactionId, Value.owning(payload.getBytes(ISO_8859_1)))
                .toByteArray();
    }

    @Override
    public int read(ByteBuffer into) {
        byte[] piece = pieces.poll();
        if (piece == null) {
            return -1;
        }
        into.put(piece);
        return piece.length;
    }

    @Override
    public int write(ByteBuffer from) {
        int count = Math.min(takes, from.remaining());
        takes -= takes == Integer.MAX_VALUE ? 0 : count;
        byte[] bytes = new byte[count];
        from.get(bytes);
        written.writeBytes(bytes);
        return count;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }
}
