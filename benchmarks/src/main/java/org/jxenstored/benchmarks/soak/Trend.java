package org.jxenstored.benchmarks.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The straight line that fits samples best, by least squares.
 *
 * @param perMinute how much it rises in a minute
 * @param mean of the samples
 * @param error standard error of {@code perMinute}: how much of it may be the noise of the samples
 */
record Trend(double perMinute, double mean, double error) {
    /** Of one figure over time; level if all samples are of the same moment. */
    static Trend of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double middle = samples.stream().mapToDouble(Sample::minute).average().orElse(0);
        double mean = samples.stream().mapToDouble(figure).average().orElse(0);
        double above = 0;
        double below = 0;
        for (Sample sample : samples) {
            double off = sample.minute() - middle;
            above += off * (figure.applyAsDouble(sample) - mean);
            below += off * off;
        }
        if (below == 0) {
            return new Trend(0, mean, 0);
        }
        double slope = above / below;
        double noise = 0;
        for (Sample sample : samples) {
            double off = figure.applyAsDouble(sample) - mean - slope * (sample.minute() - middle);
            noise += off * off;
        }
        int free = samples.size() - 2;
        return new Trend(slope, mean, free > 0 ? Math.sqrt(noise / free / below) : 0);
    }
}
