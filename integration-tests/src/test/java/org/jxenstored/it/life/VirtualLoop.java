package org.jxenstored.it.life;

import io.netty.util.concurrent.AbstractScheduledEventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.life.Step.Kind;
import org.jxenstored.sim.time.SimTime.Alarm;

/** An event loop in virtual time, for one life of the daemon: once it is stopped, nothing of it runs any more. */
public final class VirtualLoop extends AbstractScheduledEventExecutor {
    private final VirtualTime time;
    private final Agenda.Lane lane;
    private final Ticker ticker = new VirtualTicker();
    private @Nullable Alarm alarm;
    private boolean stopped;

    public VirtualLoop(VirtualTime time) {
        this.time = time;
        this.lane = time.lane();
    }

    /** True for programs too: they and the daemon never run at the same time. */
    @Override
    public boolean inEventLoop(Thread thread) {
        return thread.equals(Thread.currentThread()) ? time.isHere() : time.isPump(thread);
    }

    @Override
    public void execute(Runnable task) {
        time.submit(lane, Kind.LOOP, () -> {
            if (!stopped) {
                task.run();
            }
        });
    }

    @Override
    public Ticker ticker() {
        return ticker;
    }

    /** Wakes up when the next scheduled task is due. */
    private <F> F planned(F future) {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
        long deadline = nextScheduledTaskDeadlineNanos();
        if (deadline >= 0 && !stopped) {
            alarm = time.after(Duration.ofNanos(deadline - ticker.nanoTime()), () -> execute(this::runDue));
        }
        return future;
    }

    private void runDue() {
        for (Runnable due = pollScheduledTask(); due != null; due = pollScheduledTask()) {
            due.run();
        }
        planned(this);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return planned(super.schedule(task, delay, unit));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        return planned(super.schedule(task, delay, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long first, long every, TimeUnit unit) {
        return planned(super.scheduleAtFixedRate(task, first, every, unit));
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long every, TimeUnit unit) {
        return planned(super.scheduleWithFixedDelay(task, first, every, unit));
    }

    /** True if something is scheduled for later. */
    boolean hasPlans() {
        return nextScheduledTaskDeadlineNanos() >= 0;
    }

    /** Ends it at once, with all that was still to be done. */
    public void stop() {
        stopped = true;
        cancelScheduledTasks();
        planned(this);
    }

    @Override
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // deprecated by the interface
    public void shutdown() {
        stop();
    }

    @Override
    public Future<?> shutdownGracefully(long quietPeriod, long timeout, TimeUnit unit) {
        throw new UnsupportedOperationException("it is stopped at once, see stop");
    }

    @Override
    public Future<?> terminationFuture() {
        throw new UnsupportedOperationException("it is stopped at once, see stop");
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return stopped;
    }

    @Override
    public boolean isShuttingDown() {
        return stopped;
    }

    @Override
    public boolean isShutdown() {
        return stopped;
    }

    @Override
    public boolean isTerminated() {
        return stopped;
    }

    private final class VirtualTicker implements Ticker {
        @Override
        public long initialNanoTime() {
            return 0;
        }

        @Override
        public long nanoTime() {
            return TimeUnit.MILLISECONDS.toNanos(time.millis());
        }

        @Override
        public void sleep(long delay, TimeUnit unit) throws InterruptedException {
            time.sleep(Duration.of(delay, unit.toChronoUnit()));
        }
    }
}
