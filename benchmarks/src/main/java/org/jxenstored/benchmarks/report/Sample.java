package org.jxenstored.benchmarks.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Kind;

/** All rounds of one row against one daemon. */
public final class Sample {
    private static final double NANOS_PER_MICRO = 1000;

    private final Kind daemon;
    private final int rounds;
    private final TreeMap<Integer, Double> figures = new TreeMap<>();
    private final @Nullable Histogram latencies;
    private final List<String> notes;

    Sample(Kind daemon, List<Measurement> measurements) {
        this.daemon = daemon;
        this.rounds = measurements.size();
        List<Measurement> inOrder = new ArrayList<>(measurements);
        inOrder.sort(Comparator.comparingInt(Measurement::round));
        for (Measurement measurement : inOrder) {
            if (measurement.hasFigure()) {
                figures.put(measurement.round(), measurement.figure());
            }
        }
        latencies = merged(inOrder);
        notes = Notes.merged(inOrder.stream().map(Measurement::note).toList());
    }

    private static @Nullable Histogram merged(List<Measurement> measurements) {
        Histogram all = null;
        for (Measurement measurement : measurements) {
            Histogram one = measurement.latencies();
            if (one == null) {
                continue;
            }
            if (all == null) {
                all = new Histogram(one.getNumberOfSignificantValueDigits());
            }
            all.add(one);
        }
        return all == null || all.getTotalCount() == 0 ? null : all;
    }

    public Kind daemon() {
        return daemon;
    }

    /** How many rounds were run, with or without a figure. */
    public int rounds() {
        return rounds;
    }

    public boolean hasFigure() {
        return !figures.isEmpty();
    }

    /** How many rounds gave a figure. */
    public int figureCount() {
        return figures.size();
    }

    /** The figures of the rounds that gave one, by round. */
    public Map<Integer, Double> figures() {
        return Map.copyOf(figures);
    }

    /** The middle of the figures, of an even number the mean of the middle two; NaN without any. */
    public double median() {
        double[] sorted = stream().toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest figure; NaN without any. */
    public double least() {
        return stream().min().orElse(Double.NaN);
    }

    /** The largest figure; NaN without any. */
    public double most() {
        return stream().max().orElse(Double.NaN);
    }

    private DoubleStream stream() {
        return figures.values().stream().mapToDouble(Double::doubleValue);
    }

    public boolean hasLatencies() {
        return latencies != null;
    }

    /**
     * A percentile of the latencies of all rounds taken together, microseconds. NaN where nothing above it could have been
     * seen: the 99th needs a hundred operations, the 99.9th a thousand.
     */
    public double percentile(double percentile) {
        if (latencies == null || latencies.getTotalCount() * (100 - percentile) < 100 - 1e-6) {
            return Double.NaN;
        }
        return latencies.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    }

    public double p50() {
        return percentile(50);
    }

    public double p99() {
        return percentile(99);
    }

    public double p999() {
        return percentile(99.9);
    }

    /** What is to be said, each thing once. */
    public List<String> notes() {
        return notes;
    }
}
