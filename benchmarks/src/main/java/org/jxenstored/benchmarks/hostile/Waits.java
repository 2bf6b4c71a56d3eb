package org.jxenstored.benchmarks.hostile;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.load.Load;

/** How long somebody waited for its answers, from when each request was due, in one part of the run. */
final class Waits {
    private final Histogram nanos = Load.histogram();

    /** By one thread. */
    void add(long due) {
        synchronized (nanos) {
            Load.record(nanos, System.nanoTime() - due);
        }
    }

    /** A copy of what was noted since this was last asked for. */
    Histogram take() {
        synchronized (nanos) {
            Histogram taken = nanos.copy();
            nanos.reset();
            return taken;
        }
    }

    static double millis(long nanos) {
        return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
