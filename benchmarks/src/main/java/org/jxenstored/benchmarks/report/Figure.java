package org.jxenstored.benchmarks.report;

/** The unit of a workload's main figure, and which way is better. */
public enum Figure {
    OPERATIONS_PER_SECOND("/s", true),
    MICROSECONDS("us", false),
    MILLISECONDS("ms", false),
    MEBIBYTES("MiB", false);

    private final String unit;
    private final boolean moreIsBetter;

    Figure(String unit, boolean moreIsBetter) {
        this.unit = unit;
        this.moreIsBetter = moreIsBetter;
    }

    public String unit() {
        return unit;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /** How many times better the first is than the second. */
    public double ratio(double ours, double theirs) {
        return moreIsBetter ? ours / theirs : theirs / ours;
    }
}
