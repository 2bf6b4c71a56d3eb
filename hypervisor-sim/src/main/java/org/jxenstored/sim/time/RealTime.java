package org.jxenstored.sim.time;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock on the wall, and one thread for all that must not block; it is there only while it is needed. */
public final class RealTime implements SimTime, AutoCloseable {
    private static final Logger LOG = System.getLogger(RealTime.class.getName());
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final long start = System.nanoTime();
    private final ScheduledThreadPoolExecutor worker = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("sim-events").factory(), new ThreadPoolExecutor.DiscardPolicy());

    public RealTime() {
        worker.setKeepAliveTime(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        worker.allowCoreThreadTimeOut(true);
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
        Future<?> planned = worker.schedule(loudly(work), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> planned.cancel(false);
    }

    @Override
    public Executor soon() {
        return work -> worker.execute(loudly(work));
    }

    /** The worker would keep what went wrong to itself. */
    private static Runnable loudly(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException problem) {
                LOG.log(Level.ERROR, "An event of the simulated machine failed", problem);
            }
        };
    }

    /** Nothing happens any more; programs end by themselves when what they wait for is gone. */
    @Override
    public void close() {
        worker.shutdown();
    }
}
