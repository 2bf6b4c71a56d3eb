package org.jxenstored.sim.host;

import java.time.Duration;
import org.jxenstored.sim.time.SimTime;

/** How long a domain was running. All calls are made under the host's lock. */
final class RunClock {
    private static final long STANDS = -1;

    private final SimTime time;
    private long total;
    private long since = STANDS;

    RunClock(SimTime time) {
        this.time = time;
    }

    /** The domain runs now, or not. */
    void set(boolean runs) {
        if (runs && since == STANDS) {
            since = time.millis();
        } else if (!runs && since != STANDS) {
            total += time.millis() - since;
            since = STANDS;
        }
    }

    Duration total() {
        return Duration.ofMillis(since == STANDS ? total : total + time.millis() - since);
    }
}
