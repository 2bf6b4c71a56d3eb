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
 * @param figure the main figure, in the row's unit
 * @param latencies of single operations, nanoseconds, counted from when they were due; null if there are none
 * @param note something to show beside the row, such as the number of EAGAIN; empty for none
 */
public record Measurement(
        RowId row,
        Kind daemon,
        int round,
        double figure,
        @Nullable Histogram latencies,
        String note) {}
