package org.jxenstored.benchmarks.report;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Kind;

/**
 * One row with what all rounds gave.
 *
 * @param row which row
 * @param samples by daemon; one that was not measured is missing
 */
public record RowResult(RowId row, Map<Kind, Sample> samples) {
    public RowResult {
        Map<Kind, Sample> inOrder = new EnumMap<>(Kind.class);
        inOrder.putAll(samples);
        samples = Collections.unmodifiableMap(inOrder);
    }

    /** What the rounds against this daemon gave, or null if there were none. */
    public @Nullable Sample of(Kind daemon) {
        return samples.get(daemon);
    }

    /** As {@link #of}, but only with at least one figure. */
    Optional<Sample> withFigure(Kind daemon) {
        return Optional.ofNullable(samples.get(daemon)).filter(Sample::hasFigure);
    }

    /** Whether a daemon was measured, and not the echo server alone. */
    boolean isOfDaemons() {
        return samples.keySet().stream().anyMatch(kind -> kind != Kind.ECHO);
    }

    /** How our figure compares with the better peer's; empty if we or both peers have none. */
    public Optional<Comparison> comparison() {
        Optional<Sample> ours = withFigure(Kind.JAVA);
        Optional<Sample> peer = bestPeer();
        if (ours.isEmpty() || peer.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Comparison.of(row.figure(), ours.get(), peer.get()));
    }

    /** The peer with the better median. */
    public Optional<Sample> bestPeer() {
        return samples.values().stream()
                .filter(sample -> sample.daemon().isPeer() && sample.hasFigure())
                .reduce((a, b) -> row.figure().isBetter(b.median(), a.median()) ? b : a);
    }

    public Verdict verdict() {
        return Verdict.of(this);
    }
}
