package org.jxenstored.benchmarks.report;

/** The unit of a workload's main figure, and which way is better. */
public enum Figure {
    OPERATIONS_PER_SECOND("/s", true),
    MICROSECONDS("us", false),
    MILLISECONDS("ms", false),
    MEBIBYTES("MiB", false),
    /** How many, of something that is better not seen at all. */
    COUNT("", false),
    /** How many times more one thing took than another of the same daemon. */
    FACTOR("x", false);

    private final String unit;
    private final boolean moreIsBetter;

    Figure(String unit, boolean moreIsBetter) {
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    /** Empty for a count. */
    public String unit() {
        return unit;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** How many times better the first is than the second; infinite if the other one is nothing. */
    public double ratio(double ours, double theirs) {
        if (ours == theirs) {
            return 1;
        }
        return moreIsBetter ? ours / theirs : theirs / ours;
    }

    boolean isBetter(double figure, double other) {
        return moreIsBetter ? figure > other : figure < other;
    }
}
