package org.jxenstored.client;

import java.time.Duration;
import java.time.Instant;

/** Time as reconnecting needs it. */
interface Pace {
    /** The time of day. */
    Instant now();

    /** A clock that only goes forward. */
    long nanoTime();

    /** Waits; an interrupt ends it. */
    void pause(Duration duration) throws InterruptedException;

    /** That of this machine. */
    static Pace real() {
        return RealPace.INSTANCE;
    }

    /** See {@link #real}. */
    enum RealPace implements Pace {
        INSTANCE;

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public void pause(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    }
}
