package org.jxenstored.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jxenstored.benchmarks.daemon.Kind;

/**
 * Whether a row is where it is meant to be.
 *
 * @param outcome the answer
 * @param text the answer in words, such as {@code missed: 3.10x of 4x}; empty where nothing was promised
 */
public record Verdict(Outcome outcome, String text) {
    /** The answers there are. */
    public enum Outcome {
        REACHED,
        MISSED,
        /** There is nothing to compare with. */
        UNDECIDED,
        NO_GOAL
    }

    static Verdict of(RowResult result) {
        Goal goal = result.row().goal();
        if (!goal.isAny()) {
            return new Verdict(Outcome.NO_GOAL, "");
        }
        Optional<Sample> ours = result.withFigure(Kind.JAVA);
        if (ours.isEmpty()) {
            return missed(List.of("jxenstored has no figure"));
        }
        List<String> shortfalls = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        Optional<Sample> peer = result.bestPeer();
        if (goal.needsPeer() && peer.isEmpty()) {
            unknown.add("no peer has a figure");
        }
        result.comparison().filter(comparison -> goal.leastRatio() > 0).ifPresent(comparison -> {
            if (comparison.ratio() < goal.leastRatio()) {
                shortfalls.add(Numbers.ratio(comparison.ratio()) + " of " + goal.ratioText());
            }
        });
        if (goal.p99NotWorse() && peer.isPresent()) {
            judgeP99(ours.get(), peer.get(), shortfalls, unknown);
        }
        if (ours.get().median() > goal.most()) {
            shortfalls.add(Numbers.above(result.row().figure(), ours.get().median()) + ", the goal is " + goal.text());
        }
        if (!shortfalls.isEmpty()) {
            return missed(shortfalls);
        }
        return unknown.isEmpty()
                ? new Verdict(Outcome.REACHED, "reached")
                : new Verdict(Outcome.UNDECIDED, "not decided: " + String.join(", ", unknown));
    }

    private static void judgeP99(Sample ours, Sample peer, List<String> shortfalls, List<String> unknown) {
        if (Double.isNaN(ours.p99()) || Double.isNaN(peer.p99())) {
            unknown.add("too few latencies for a p99");
        } else if (ours.p99() > peer.p99()) {
            shortfalls.add("p99 " + Numbers.number(ours.p99()) + " us, "
                    + peer.daemon().title() + " " + Numbers.number(peer.p99()) + " us");
        }
    }

    private static Verdict missed(List<String> shortfalls) {
        return new Verdict(Outcome.MISSED, "missed: " + String.join("; ", shortfalls));
    }
}
