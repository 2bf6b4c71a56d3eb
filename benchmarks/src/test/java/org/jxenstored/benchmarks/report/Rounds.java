package org.jxenstored.benchmarks.report;

import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.daemon.Kind;

/** Builds results for the tests. */
final class Rounds {
    private static final int DIGITS = 3;

    final Results results = new Results();

    /** One figure for each round, from round 0 on. */
    Rounds add(RowId row, Kind daemon, double... figures) {
        for (int round = 0; round < figures.length; round++) {
            results.add(new Measurement(row, daemon, round, figures[round], null, ""));
        }
        return this;
    }

    /** One round with latencies from 1 to {@code count} microseconds, one of each. */
    Rounds addLatencies(RowId row, Kind daemon, int round, double figure, int count) {
        results.add(new Measurement(row, daemon, round, figure, upTo(count), ""));
        return this;
    }

    Rounds without(RowId row, Kind daemon, int round, String why) {
        results.add(Measurement.without(row, daemon, round, why));
        return this;
    }

    RowResult only() {
        return results.rows().getFirst();
    }

    static Histogram upTo(int microseconds) {
        Histogram latencies = new Histogram(DIGITS);
        for (int i = 1; i <= microseconds; i++) {
            latencies.recordValue(i * 1000L);
        }
        return latencies;
    }

    static RowId speed(Goal goal) {
        return new RowId("One connection", "write of 1 byte", Figure.OPERATIONS_PER_SECOND, goal);
    }

    static RowId time(Goal goal) {
        return new RowId("Start", "start to first answer", Figure.MILLISECONDS, goal);
    }
}
