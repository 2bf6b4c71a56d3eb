package org.jxenstored.benchmarks.load;

import org.HdrHistogram.Histogram;

/**
 * What a load did.
 *
 * @param operations how many were answered within the time
 * @param nanos how long it took
 * @param depth how many requests were on the way at a time
 * @param latencies of each, nanoseconds
 */
public record Load(long operations, long nanos, int depth, Histogram latencies) {
    /** The longest latency that is told apart from longer ones, nanoseconds. */
    private static final long LONGEST = 100_000_000_000L;

    /** Of one request at a time. */
    public Load(long operations, long nanos, Histogram latencies) {
        this(operations, nanos, 1, latencies);
    }

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
     * As {@link #latencies}, with those added that a steady stream of requests would have met while a connection
     * waited: a closed loop does not send them. With several requests on the way each waits for those before it,
     * which is no stall; what counts is how often a request follows the one it had to wait for.
     */
    public Histogram steady() {
        return latencies.copyCorrectedForCoordinatedOmission(Math.max(1, depth * nanos / Math.max(1, operations)));
    }
}
