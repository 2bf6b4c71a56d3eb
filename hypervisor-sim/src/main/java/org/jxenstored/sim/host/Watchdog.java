package org.jxenstored.sim.host;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.jxenstored.sim.time.SimTime;

/** The timer in Xen that shuts a domain down that does not set it again in time. Guarded by the host's lock. */
final class Watchdog {
    private final SimTime time;
    private final HostLock lock;
    private final Runnable bite;
    private SimTime.@Nullable Alarm alarm;
    private int round;

    /**
     * A watchdog that sleeps.
     *
     * @param bite what it does, under the lock
     */
    Watchdog(SimTime time, HostLock lock, Runnable bite) {
        this.time = time;
        this.lock = lock;
        this.bite = bite;
    }

    /** Starts anew; zero only stops it. */
    void set(Duration timeout) {
        stop();
        if (timeout.isPositive()) {
            int thisRound = round;
            alarm = time.after(timeout, () -> lock.run(() -> expired(thisRound)));
        }
    }

    boolean isSet() {
        return alarm != null;
    }

    void stop() {
        // An alarm that cannot be cancelled any more finds another round.
        round++;
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    private void expired(int ofRound) {
        if (ofRound == round) {
            alarm = null;
            bite.run();
        }
    }
}
