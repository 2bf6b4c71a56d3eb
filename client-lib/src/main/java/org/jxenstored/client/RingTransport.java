package org.jxenstored.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;

/**
 * The guest's side of a ring page (protocol S-RING).
 *
 * <p>The page is only touched under the lock and never after {@link #close}, so it may be unmapped then.
 * The server is told after every move of bytes (S-RING-4).
 */
final class RingTransport implements Transport {
    private final RingPage page;
    private final RingSignal signal;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition signalled = lock.newCondition();
    private boolean closed;

    RingTransport(RingPage page, RingSignal signal) {
        this.page = page;
        this.signal = signal;
        signal.onServerSignal(this::serverSignalled);
    }

    private void serverSignalled() {
        lock.lock();
        try {
            signalled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        int count = move(page.responses(), false, to);
        if (count > 0) {
            signal.signalServer();
        }
        return count;
    }

    @Override
    public void write(ByteBuffer messages) throws IOException {
        while (messages.hasRemaining()) {
            if (move(page.requests(), true, messages) < 0) {
                throw new IOException("the connection was closed");
            }
            signal.signalServer();
        }
    }

    /** Moves at least one byte, waiting until that is possible; -1 once closed. */
    private int move(RingStream stream, boolean intoRing, ByteBuffer buffer) throws IOException {
        lock.lock();
        try {
            while (!closed) {
                int count = isConnected() ? moveNow(stream, intoRing, buffer) : 0;
                if (count > 0) {
                    buffer.position(buffer.position() + count);
                    return count;
                }
                signalled.awaitUninterruptibly();
            }
            return -1;
        } finally {
            lock.unlock();
        }
    }

    private int moveNow(RingStream stream, boolean intoRing, ByteBuffer buffer) throws IOException {
        byte[] bytes = buffer.array();
        int offset = buffer.arrayOffset() + buffer.position();
        int count = intoRing
                ? stream.write(bytes, offset, buffer.remaining())
                : stream.read(bytes, offset, buffer.remaining());
        if (count == RingStream.BAD_INDEXES) {
            throw new IOException("the ring page's indexes contradict each other");
        }
        return count;
    }

    /** False until the server has taken up the ring (S-RING-13). */
    private boolean isConnected() throws IOException {
        int error = page.error();
        if (error != RingPage.ERROR_NONE) {
            throw new IOException("the server stopped listening to this ring: " + nameOf(error));
        }
        return page.connection() == RingPage.CONNECTED;
    }

    private static String nameOf(int error) {
        return switch (error) {
            case RingPage.ERROR_COMMUNICATION -> "it lost the page or the event channel (error 1)";
            case RingPage.ERROR_BAD_INDEX -> "bad ring indexes (error 2)";
            case RingPage.ERROR_PROTOCOL -> "a request broke the protocol (error 3)";
            default -> "error " + error;
        };
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            signalled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean readsWithoutAThread() {
        return true;
    }
}
