package org.jxenstored.it.process;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A client that sends any bytes, right or wrong, and reads only when told to. */
final class WireClient implements AutoCloseable {
    private static final int CHUNK = 1 << 16;

    private final SocketChannel channel;

    WireClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    void send(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            var _ = channel.write(rest);
        }
    }

    void send(MessageType type, String payload) throws IOException {
        send(Message.of(type, 0, 0, Value.of(payload)).toByteArray());
    }

    Message receive() throws IOException {
        Header header = Header.read(read(Header.SIZE));
        return new Message(
                header.type(),
                header.requestId(),
                header.transactionId(),
                Value.owning(read(header.length()).array()));
    }

    private ByteBuffer read(int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException("the daemon closed the connection");
            }
        }
        return bytes.flip();
    }

    /** Reads and forgets until the daemon closes the connection; returns how many bytes came. */
    long readToItsEnd() {
        long size = 0;
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try {
            while (channel.read(chunk) >= 0) {
                size += chunk.position();
                chunk.clear();
            }
        } catch (IOException reset) {
            // A reset is an end as well: the daemon closed while bytes of ours were unread.
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
