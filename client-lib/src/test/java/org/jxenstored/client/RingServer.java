package org.jxenstored.client;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.Semaphore;
import org.jxenstored.protocol.RingPage;

/** {@link ServerSide} on a ring page in memory. */
final class RingServer extends ServerSide implements RingSignal {
    final RingPage page;
    private final MemorySegment memory;
    private final Arena arena = Arena.ofShared();
    private final Semaphore signals = new Semaphore(0);
    private volatile Runnable listener = () -> {};

    RingServer() {
        memory = arena.allocate(RingPage.SIZE, 4096);
        page = new RingPage(memory);
    }

    @Override
    Endpoint endpoint() {
        return new Endpoint.Ring(page, this);
    }

    @Override
    public void signalServer() {
        signals.release();
    }

    @Override
    public void onServerSignal(Runnable toRun) {
        listener = toRun;
    }

    void signalGuest() {
        listener.run();
    }

    /** Says that more was written than the ring holds. */
    void spoilResponseIndexes() {
        memory.set(ValueLayout.JAVA_INT, 2060, 0x7f7f7f7f);
    }

    @Override
    byte[] receive(int count) throws InterruptedException {
        byte[] bytes = new byte[count];
        for (int got = 0; got < count; ) {
            int moved = page.requests().read(bytes, got, count - got);
            got += moved;
            if (moved > 0) {
                signalGuest();
            } else {
                signals.acquire();
            }
        }
        return bytes;
    }

    @Override
    void sendBytes(byte[] bytes) throws InterruptedException {
        for (int sent = 0; sent < bytes.length; ) {
            int moved = page.responses().write(bytes, sent, bytes.length - sent);
            sent += moved;
            if (moved > 0) {
                signalGuest();
            } else {
                signals.acquire();
            }
        }
    }

    /** Takes the page away, as unmapping does. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
