package org.jxenstored.benchmarks.report;

import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jxenstored.benchmarks.daemon.Kind;

/**
 * How many times better our figure is than the better peer's.
 *
 * @param peer the better peer, by its median
 * @param ratio of the medians
 * @param least of the ratios of single rounds, ours to the same round of the peer; NaN if they have no round in common
 * @param most of the ratios of single rounds
 */
public record Comparison(Kind peer, double ratio, double least, double most) {
    static Comparison of(Figure figure, Sample ours, Sample peer) {
        double[] perRound = perRound(figure, ours.figures(), peer.figures());
        return new Comparison(
                peer.daemon(),
                figure.ratio(ours.median(), peer.median()),
                DoubleStream.of(perRound).min().orElse(Double.NaN),
                DoubleStream.of(perRound).max().orElse(Double.NaN));
    }

    private static double[] perRound(Figure figure, Map<Integer, Double> ours, Map<Integer, Double> peer) {
        return ours.keySet().stream()
                .filter(peer::containsKey)
                .mapToDouble(round ->
                        figure.ratio(Objects.requireNonNull(ours.get(round)), Objects.requireNonNull(peer.get(round))))
                .toArray();
    }
}
