package org.jxenstored.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until a test lets a pause go by; its clocks then move by the pause. */
final class HeldPace implements Pace {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** All pauses so far, the present one included. */
    final List<Duration> pauses = new CopyOnWriteArrayList<>();

    private final AtomicLong nanos = new AtomicLong();
    private final Semaphore begun = new Semaphore(0);
    private final Semaphore allowed = new Semaphore(0);

    @Override
    public Instant now() {
        return START.plusNanos(nanos.get());
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        pauses.add(duration);
        begun.release();
        allowed.acquire();
        nanos.addAndGet(duration.toNanos());
    }

    void passes(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    /** Waits until the client waits: it has noticed that the connection is gone. */
    void awaitPause() throws InterruptedException {
        if (!begun.tryAcquire(20, TimeUnit.SECONDS)) {
            throw new AssertionError("the client does not try to reconnect");
        }
    }

    /** Ends this many pauses, those to come included. */
    void letPass(int count) {
        allowed.release(count);
    }
}
