package org.jxenstored.benchmarks.report;

/**
 * Where a workload is meant to be, and what it takes to be there.
 *
 * @param text as the table shows it, such as {@code 4x}
 * @param leastRatio how many times better than the better peer; 0 where the goal is no ratio
 * @param most the figure itself may not be above this; infinite where only the ratio counts
 */
public record Goal(String text, double leastRatio, double most) {
    /** The work is measured, nothing is promised. */
    public static final Goal NONE = new Goal("", 0, Double.POSITIVE_INFINITY);

    /** So many times better than the better of the peers. */
    public static Goal ratio(double least) {
        String number = least == Math.rint(least) ? Long.toString((long) least) : Double.toString(least);
        return new Goal(number + "x", least, Double.POSITIVE_INFINITY);
    }

    /** The figure is at most this. */
    public static Goal atMost(double most, String text) {
        return new Goal(text, 0, most);
    }
}
