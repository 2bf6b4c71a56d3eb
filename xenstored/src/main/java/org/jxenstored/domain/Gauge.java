package org.jxenstored.domain;

import org.jspecify.annotations.Nullable;

/** A number that goes up and down, with the largest it ever was (S-QUOTA-11). */
public final class Gauge {
    private final @Nullable Gauge everybody;
    private long value;
    private long peak;

    /** @param everybody a gauge whose peak rises with this one's, or null */
    Gauge(@Nullable Gauge everybody) {
        this.everybody = everybody;
    }

    public long value() {
        return value;
    }

    public long peak() {
        return peak;
    }

    /** Changes the value by this much. */
    public void add(long change) {
        value += change;
        raisePeak(value);
    }

    /** Sees a value that is not kept, such as the size of one node. */
    public void raisePeak(long seen) {
        if (seen > peak) {
            peak = seen;
            if (everybody != null) {
                everybody.raisePeak(seen);
            }
        }
    }

    /** Forgets earlier peaks. */
    public void resetPeak() {
        peak = value;
    }
}
