package org.jxenstored.client;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;

/**
 * The guest's side of a ring page (protocol S-RING).
 *
 * <p>The page is only touched under the lock and never after {@link #close}, so it may be unmapped then. As Linux does,
 * it signals the server only when that may have nothing to do: a request if all before it were taken, room if there was
 * none. A server that goes to sleep looks once more after it showed how far it is.
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
        return move(Direction.RESPONSES, to);
    }

    @Override
    public void write(ByteBuffer messages) throws IOException {
        while (messages.hasRemaining()) {
            if (move(Direction.REQUESTS, messages) < 0) {
                throw new IOException("the connection was closed");
            }
        }
    }

    private enum Direction {
        REQUESTS,
        RESPONSES
    }

    /** Moves at least one byte, waiting until that is possible; -1 once closed. */
    private int move(Direction direction, ByteBuffer buffer) throws IOException {
        boolean tells;
        int count;
        lock.lock();
        try {
            int before;
            while (true) {
                if (closed) {
                    return -1;
                }
                before = ownIndex(direction);
                count = isConnected() ? moveNow(direction, buffer) : 0;
                if (count > 0) {
                    break;
                }
                signalled.awaitUninterruptibly();
            }
            buffer.position(buffer.position() + count);
            tells = mayWait(direction, before);
        } finally {
            lock.unlock();
        }
        if (tells) {
            signal.signalServer();
        }
        return count;
    }

    private int moveNow(Direction direction, ByteBuffer buffer) throws IOException {
        byte[] bytes = buffer.array();
        int offset = buffer.arrayOffset() + buffer.position();
        int count = switch (direction) {
            case REQUESTS -> page.requests().write(bytes, offset, buffer.remaining());
            case RESPONSES -> page.responses().read(bytes, offset, buffer.remaining());
        };
        if (count == RingStream.BAD_INDEXES) {
            throw new IOException("the ring page's indexes contradict each other");
        }
        return count;
    }

    /** The index that this side alone moves. */
    private int ownIndex(Direction direction) {
        return switch (direction) {
            case REQUESTS -> page.requests().producer();
            case RESPONSES -> page.responses().consumer();
        };
    }

    /** True if the server may wait for what was moved now; the index was as given before. */
    private boolean mayWait(Direction direction, int before) {
        // What was moved has to be there for the server before it is looked at how far that one is.
        VarHandle.fullFence();
        return switch (direction) {
            case REQUESTS -> page.requests().consumer() - before >= 0;
            case RESPONSES -> page.responses().producer() - before >= RingStream.CAPACITY;
        };
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
