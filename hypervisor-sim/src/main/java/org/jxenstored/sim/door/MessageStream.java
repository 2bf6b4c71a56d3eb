package org.jxenstored.sim.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** Whole messages to and from a program. One thread reads, any thread writes. */
final class MessageStream {
    private final SocketChannel channel;
    private final ByteBuffer in =
            ByteBuffer.allocate(Header.SIZE + Limits.PAYLOAD_MAX).limit(0);
    private final ReentrantLock writing = new ReentrantLock();

    MessageStream(SocketChannel channel) {
        this.channel = channel;
    }

    /** Waits for the next message; empty at the end of the stream, or after a length that is not allowed (P-HDR-9). */
    Optional<Message> next() throws IOException {
        if (!fill(Header.SIZE)) {
            return Optional.empty();
        }
        Header header = Header.read(in);
        if (!header.lengthIsLegal() || !fill(header.length())) {
            return Optional.empty();
        }
        byte[] payload = new byte[header.length()];
        in.get(payload);
        return Optional.of(
                new Message(header.type(), header.requestId(), header.transactionId(), Value.owning(payload)));
    }

    private boolean fill(int bytes) throws IOException {
        while (in.remaining() < bytes) {
            in.compact();
            int count = channel.read(in);
            in.flip();
            if (count < 0) {
                return false;
            }
        }
        return true;
    }

    /** Writes a message, waiting as long as the program does not read. */
    void send(Message message) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(message.toByteArray());
        writing.lock();
        try {
            while (bytes.hasRemaining()) {
                var _ = channel.write(bytes);
            }
        } finally {
            writing.unlock();
        }
    }
}
