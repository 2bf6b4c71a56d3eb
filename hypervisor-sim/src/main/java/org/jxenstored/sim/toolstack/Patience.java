package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.ConnectionLostException;
import org.jxenstored.client.Notification;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.time.SimTime;

/**
 * A wait, limited in time, for what somebody else does in the store or in the hypervisor.
 *
 * <p>Whoever waits looks at each nudge whether it has come true: nudges come from watches, from {@link #nudge} and
 * when the time is up.
 */
final class Patience implements AutoCloseable {
    private final SimTime time;
    private final WatchQueue watches;
    private final SimTime.Alarm alarm;
    private final Semaphore nudges = new Semaphore(0);
    private volatile boolean over;
    private volatile @Nullable ConnectionLostException lost;

    /** What is waited for; may ask the store. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    /** The time starts now. */
    Patience(SimTime time, XenstoreClient store, Duration atMost) {
        this.time = time;
        this.watches = store.watchQueue();
        this.alarm = time.after(atMost, this::timeIsUp);
    }

    private void timeIsUp() {
        over = true;
        nudge();
    }

    /** Has the condition looked at anew. */
    void nudge() {
        nudges.release();
    }

    /** Looks anew whenever this path changes; to be called before {@link #until}. */
    void watch(String path) {
        watches.watch(path);
    }

    /** Waits; false if the time was up before it came true. */
    boolean until(Condition condition) throws ToolstackException {
        var _ = time.start("toolstack-watch", this::passOn);
        while (true) {
            if (condition.holds()) {
                return true;
            }
            if (over) {
                return false;
            }
            ConnectionLostException reason = lost;
            if (reason != null) {
                throw reason;
            }
            await();
        }
    }

    private void await() throws ToolstackException {
        try {
            nudges.acquire();
            nudges.drainPermits();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ToolstackException(Errno.EIO, "the toolstack was stopped while it waited", stopped);
        }
    }

    private void passOn() {
        try {
            while (true) {
                switch (watches.take()) {
                    case Notification.Event _, Notification.Lost _, Notification.Reconnected _ -> nudge();
                    case Notification.ConnectionBroken(ConnectionLostException reason) -> {
                        lost = reason;
                        nudge();
                        return;
                    }
                    case Notification.Refused _, Notification.Closed() -> {
                        return;
                    }
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        alarm.cancel();
        watches.close();
    }
}
