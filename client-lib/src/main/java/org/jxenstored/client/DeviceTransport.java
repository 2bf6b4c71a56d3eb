package org.jxenstored.client;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;

/**
 * A character device such as {@code /dev/xen/xenbus}.
 *
 * <p>Not a file channel: that one lets nobody write while somebody waits in read. A read that waits in the
 * driver cannot be called back, so after {@link #close} the reading thread may stay until the next bytes
 * come.
 */
final class DeviceTransport implements Transport {
    private final RandomAccessFile device;
    private volatile boolean closed;

    DeviceTransport(Path path) throws IOException {
        // Opening for writing would create the file.
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString(), null, "No such file or directory");
        }
        this.device = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int count = device.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
        if (closed) {
            return -1;
        }
        if (count > 0) {
            to.position(to.position() + count);
        }
        return count;
    }

    /**
     * The driver takes one message for each write; a second one in the same write would be lost. It serves
     * watches itself, and refuses one by failing the write.
     */
    @Override
    public void write(ByteBuffer messages) throws IOException {
        while (messages.hasRemaining()) {
            int start = messages.position();
            Header header = Header.read(messages);
            messages.position(messages.position() + header.length());
            try {
                device.write(messages.array(), messages.arrayOffset() + start, Header.SIZE + header.length());
            } catch (IOException failure) {
                throw isServedByTheDriver(header)
                        ? new RequestRefusedException(header.requestId(), Errno.EINVAL, failure)
                        : failure;
            }
        }
    }

    private static boolean isServedByTheDriver(Header header) {
        return header.type() == MessageType.WATCH.number() || header.type() == MessageType.UNWATCH.number();
    }

    @Override
    public void close() {
        closed = true;
        Closing.quietly(device);
    }

    @Override
    public boolean readsWithoutAThread() {
        return false;
    }
}
