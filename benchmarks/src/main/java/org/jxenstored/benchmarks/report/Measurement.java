package org.jxenstored.benchmarks.report;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Kind;

/**
 * What one round of one row gave.
 *
 * @param row which row
 * @param daemon against which daemon
 * @param round counted from 0
 * @param figure the main figure, in the row's unit; NaN if the round gave none
 * @param latencies of single operations, nanoseconds, counted from when they were due; null if there are none
 * @param note something to show beside the row, such as the number of EAGAIN; empty for none
 */
public record Measurement(
        RowId row,
        Kind daemon,
        int round,
        double figure,
        @Nullable Histogram latencies,
        String note) {

    /** A round that gave nothing to compare: the daemon cannot do the work, or was stopped by a time limit. */
    public static Measurement without(RowId row, Kind daemon, int round, String why) {
        return new Measurement(row, daemon, round, Double.NaN, null, why);
    }

    public boolean hasFigure() {
        return !Double.isNaN(figure);
    }
}
