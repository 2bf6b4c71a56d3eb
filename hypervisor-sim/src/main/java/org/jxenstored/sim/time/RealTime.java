package org.jxenstored.sim.time;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock on the wall, and one thread for all that must not block. */
public final class RealTime implements SimTime, AutoCloseable {
    private final long start = System.nanoTime();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sim-events").factory(), new ThreadPoolExecutor.DiscardPolicy());

    public RealTime() {
        worker.setRemoveOnCancelPolicy(true);
        worker.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }

    @Override
    public Thread start(String name, Runnable program) {
        return Thread.ofVirtual().name(name).start(program);
    }

    @Override
    public Alarm after(Duration delay, Runnable work) {
        Future<?> planned = worker.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    @Override
    public Executor soon() {
        return worker;
    }

    /** Nothing happens any more; programs end by themselves when what they wait for is gone. */
    @Override
    public void close() {
        worker.shutdown();
    }
}
