package org.jxenstored.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What a load did.
 *
 * @param operations how many were answered within the time
 * @param nanos how long it took
 * @param latencies of each, nanoseconds
 */
public record Load(long operations, long nanos, Histogram latencies) {
    /** The longest latency that is told apart from longer ones, nanoseconds. */
    private static final long LONGEST = 100_000_000_000L;

    /** An empty histogram of nanoseconds, with three digits. */
    public static Histogram histogram() {
        return new Histogram(LONGEST, 3);
    }

    /** Records one latency. */
    public static void record(Histogram into, long nanos) {
        into.recordValue(Math.clamp(nanos, 0, LONGEST));
    }

    public double perSecond() {
        return operations * 1e9 / nanos;
    }

    /** The middle of the latencies, microseconds. */
    public double medianMicros() {
        return latencies.getValueAtPercentile(50) / 1e3;
    }

    /**
     * As {@link #latencies}, with those added that a steady stream of requests would have met while one
     * connection waited for its reply: a closed loop does not send them.
     */
    public Histogram steady() {
        return latencies.copyCorrectedForCoordinatedOmission(Math.max(1, nanos / Math.max(1, operations)));
    }
}
