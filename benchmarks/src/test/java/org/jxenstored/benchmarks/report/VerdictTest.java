package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.benchmarks.report.Rounds.speed;
import static org.jxenstored.benchmarks.report.Rounds.time;

import org.junit.jupiter.api.Test;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.report.Verdict.Outcome;

class VerdictTest {
    private static final RowId FOUR_TIMES = speed(Goal.ratio(4));
    private static final RowId WITHIN_300_MS = time(Goal.atMost(300, "at most 300 ms"));
    private static final RowId TWICE_WITH_P99 = speed(Goal.ratio(2).withP99NotWorse());

    @Test
    void aRatioGoalIsReachedByTheRatioItself() {
        assertThat(verdict(new Rounds().add(FOUR_TIMES, Kind.C, 100).add(FOUR_TIMES, Kind.JAVA, 400)))
                .isEqualTo(new Verdict(Outcome.REACHED, "reached"));
    }

    @Test
    void aMissedRatioSaysHowFarItCame() {
        assertThat(verdict(new Rounds().add(FOUR_TIMES, Kind.C, 100).add(FOUR_TIMES, Kind.JAVA, 310)))
                .isEqualTo(new Verdict(Outcome.MISSED, "missed: 3.10x of 4x"));
    }

    @Test
    void aRatioJustShortOfTheGoalDoesNotReadAsTheGoal() {
        assertThat(verdict(new Rounds().add(FOUR_TIMES, Kind.C, 1000).add(FOUR_TIMES, Kind.JAVA, 3999))
                        .text())
                .isEqualTo("missed: 3.99x of 4x");
    }

    @Test
    void aLimitIsReachedWithoutAnyPeer() {
        assertThat(verdict(new Rounds().add(WITHIN_300_MS, Kind.JAVA, 290, 300, 310)))
                .isEqualTo(new Verdict(Outcome.REACHED, "reached"));
    }

    @Test
    void aFigureAboveItsLimitIsMissedHoweverSlowThePeersAre() {
        assertThat(verdict(new Rounds().add(WITHIN_300_MS, Kind.C, 9000).add(WITHIN_300_MS, Kind.JAVA, 300.01)))
                .isEqualTo(new Verdict(Outcome.MISSED, "missed: 300.1 ms, the goal is at most 300 ms"));
    }

    @Test
    void theP99IsComparedWithTheBetterPeers() {
        Rounds peer = new Rounds().addLatencies(TWICE_WITH_P99, Kind.C, 0, 100, 1000);
        assertThat(verdict(peer.addLatencies(TWICE_WITH_P99, Kind.JAVA, 0, 300, 2000)))
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(Outcome.MISSED))
                .satisfies(verdict -> assertThat(verdict.text())
                        .startsWith("missed: p99 1,98")
                        .contains(" us, C 99"));
        assertThat(verdict(new Rounds()
                        .addLatencies(TWICE_WITH_P99, Kind.C, 0, 100, 1000)
                        .addLatencies(TWICE_WITH_P99, Kind.JAVA, 0, 300, 1000)))
                .isEqualTo(new Verdict(Outcome.REACHED, "reached"));
    }

    @Test
    void aP99NobodyMeasuredIsNotDecided() {
        assertThat(verdict(new Rounds().add(TWICE_WITH_P99, Kind.C, 100).add(TWICE_WITH_P99, Kind.JAVA, 300)))
                .isEqualTo(new Verdict(Outcome.UNDECIDED, "not decided: too few latencies for a p99"));
    }

    @Test
    void aRatioWithoutAnyPeerIsNotDecided() {
        assertThat(verdict(new Rounds()
                        .without(FOUR_TIMES, Kind.C, 0, "stopped after 30 s")
                        .add(FOUR_TIMES, Kind.JAVA, 1)))
                .isEqualTo(new Verdict(Outcome.UNDECIDED, "not decided: no peer has a figure"));
    }

    @Test
    void aGoalWithoutAFigureOfOursIsMissed() {
        assertThat(verdict(new Rounds()
                        .add(FOUR_TIMES, Kind.C, 1)
                        .without(FOUR_TIMES, Kind.JAVA, 0, "stopped after 30 s")))
                .isEqualTo(new Verdict(Outcome.MISSED, "missed: jxenstored has no figure"));
    }

    @Test
    void whereNothingWasPromisedThereIsNoVerdict() {
        RowId row = speed(Goal.NONE);
        assertThat(verdict(new Rounds().add(row, Kind.C, 2).add(row, Kind.JAVA, 1)))
                .isEqualTo(new Verdict(Outcome.NO_GOAL, ""));
    }

    private static Verdict verdict(Rounds rounds) {
        return rounds.only().verdict();
    }
}
