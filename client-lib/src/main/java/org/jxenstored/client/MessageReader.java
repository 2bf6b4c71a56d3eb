package org.jxenstored.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** Cuts the server's stream of bytes into messages, however the bytes arrive. */
final class MessageReader {
    /** Room for three of the largest messages, or for hundreds of usual ones in one read. */
    private static final int BUFFER_SIZE = 16 * 1024;

    private final Transport transport;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE).limit(0);
    private @Nullable Header header;

    MessageReader(Transport transport) {
        this.transport = transport;
    }

    /**
     * Waits for the next message.
     *
     * @return null at the end of the stream
     * @throws IOException a {@link BrokenProtocolException} if the server announces a payload of over 4096 bytes (C-LIB-11)
     */
    @Nullable
    Message next() throws IOException {
        while (true) {
            Message message = take();
            if (message != null) {
                return message;
            }
            buffer.compact();
            int count = transport.read(buffer);
            buffer.flip();
            if (count < 0) {
                return null;
            }
        }
    }

    private @Nullable Message take() throws IOException {
        Header current = header;
        if (current == null) {
            if (buffer.remaining() < Header.SIZE) {
                return null;
            }
            current = Header.read(buffer);
            header = current;
            if (!current.lengthIsLegal()) {
                throw new BrokenProtocolException("the server announced a message of "
                        + Integer.toUnsignedString(current.length()) + " bytes, more than the " + Limits.PAYLOAD_MAX
                        + " that are allowed");
            }
        }
        if (buffer.remaining() < current.length()) {
            return null;
        }
        header = null;
        byte[] payload = new byte[current.length()];
        buffer.get(payload);
        return new Message(current.type(), current.requestId(), current.transactionId(), Value.owning(payload));
    }
}
