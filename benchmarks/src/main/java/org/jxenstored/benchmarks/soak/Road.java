package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** All kinds of load at once, each on a thread of its own, until they are told to stand still. */
final class Road implements AutoCloseable {
    /** Between two steps: the daemon is to be busy, the machine is not to be full. */
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Fair: otherwise those who drive never let those through who want them to stand. */
    private final ReentrantReadWriteLock moving = new ReentrantReadWriteLock(true);

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong steps = new AtomicLong();
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private volatile boolean ended;

    /** Begins with this kind of load too, and closes it in the end. */
    void add(Traffic traffic) {
        Thread thread = new Thread(() -> drive(traffic), "soak-" + threads.size());
        threads.add(thread);
        thread.start();
    }

    private void drive(Traffic traffic) {
        try (traffic) {
            while (!ended) {
                moving.readLock().lock();
                try {
                    traffic.step();
                } finally {
                    moving.readLock().unlock();
                }
                steps.incrementAndGet();
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
            ended = true;
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, new IOException(traffic + " broke", e));
            ended = true;
        }
    }

    long steps() {
        return steps.get();
    }

    /** What happens while nobody moves. */
    @FunctionalInterface
    interface Look<T> {
        T look() throws IOException, InterruptedException;
    }

    /** Has all stand still between two steps, and looks. */
    <T> T atRest(Look<T> look) throws IOException, InterruptedException {
        moving.writeLock().lock();
        try {
            return look.look();
        } finally {
            moving.writeLock().unlock();
        }
    }

    /**
     * Lets the load go on.
     *
     * @throws IOException as soon as a kind of load has failed
     */
    void goOn(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(Math.clamp(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()), 1, 100));
            IOException failed = failure.get();
            if (failed != null) {
                throw new IOException("the load failed: " + failed.getMessage(), failed);
            }
        }
    }

    /** Ends it; returns when no thread is left. */
    @Override
    public void close() {
        ended = true;
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
