package org.jxenstored.benchmarks.report;

/**
 * Where a workload is meant to be, and what it takes to be there.
 *
 * @param text as the table shows it, such as {@code 4x}
 * @param leastRatio how many times better than the better peer; 0 where the goal is no ratio
 * @param most the figure itself may not be above this; infinite where only the ratio counts
 * @param p99NotWorse whether the 99th percentile of the latencies may not be above the better peer's either
 */
public record Goal(String text, double leastRatio, double most, boolean p99NotWorse) {
    /** The work is measured, nothing is promised. */
    public static final Goal NONE = new Goal("", 0, Double.POSITIVE_INFINITY);

    public Goal(String text, double leastRatio, double most) {
        this(text, leastRatio, most, false);
    }

    /** So many times better than the better of the peers. */
    public static Goal ratio(double least) {
        return new Goal(times(least), least, Double.POSITIVE_INFINITY);
    }

    /** The figure is at most this. */
    public static Goal atMost(double most, String text) {
        return new Goal(text, 0, most);
    }

    /** The same goal, and the 99th percentile of the latencies not above the better peer's. */
    public Goal withP99NotWorse() {
        return new Goal(text + ", p99 not worse", leastRatio, most, true);
    }

    /** The ratio as text, without what the goal asks besides. */
    String ratioText() {
        return times(leastRatio);
    }

    private static String times(double ratio) {
        String number = ratio == Math.rint(ratio) ? Long.toString((long) ratio) : Double.toString(ratio);
        return number + "x";
    }

    boolean isAny() {
        return needsPeer() || hasLimit();
    }

    boolean needsPeer() {
        return leastRatio > 0 || p99NotWorse;
    }

    boolean hasLimit() {
        return most < Double.POSITIVE_INFINITY;
    }
}
