package org.jxenstored.server;

import java.util.concurrent.TimeUnit;
import org.jxenstored.engine.EngineClock;

/** The time of the server: that of the engine, and finer, to see how long work takes. */
interface ServerClock extends EngineClock {
    /** The machine's. */
    ServerClock REAL = System::nanoTime;

    /** Nanoseconds since any fixed moment, never going back. */
    long nanos();

    @Override
    default long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos());
    }

    /** Goes with another one, by which work takes no time. */
    static ServerClock by(EngineClock clock) {
        return new ServerClock() {
            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public long millis() {
                return clock.millis();
            }
        };
    }
}
