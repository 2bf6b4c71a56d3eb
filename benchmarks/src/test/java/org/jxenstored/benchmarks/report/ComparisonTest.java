package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.benchmarks.report.Rounds.speed;
import static org.jxenstored.benchmarks.report.Rounds.time;

import org.junit.jupiter.api.Test;
import org.jxenstored.benchmarks.daemon.Kind;

class ComparisonTest {
    private static final RowId SPEED = speed(Goal.NONE);
    private static final RowId TIME = time(Goal.NONE);

    @Test
    void whereMoreIsBetterTheRatioIsOursToTheFasterPeer() {
        Comparison comparison = compared(new Rounds()
                .add(SPEED, Kind.C, 100, 100, 100)
                .add(SPEED, Kind.OCAML, 50, 50, 50)
                .add(SPEED, Kind.JAVA, 200, 200, 200));
        assertThat(comparison).isEqualTo(new Comparison(Kind.C, 2, 2, 2));
    }

    @Test
    void whereLessIsBetterTheRatioIsTheQuickerPeerToOurs() {
        Comparison comparison = compared(
                new Rounds().add(TIME, Kind.C, 600).add(TIME, Kind.OCAML, 400).add(TIME, Kind.JAVA, 100));
        assertThat(comparison).isEqualTo(new Comparison(Kind.OCAML, 4, 4, 4));
    }

    @Test
    void theBetterPeerHasTheBetterMedianNotTheBestRound() {
        Comparison comparison = compared(new Rounds()
                .add(SPEED, Kind.C, 10, 10, 1000)
                .add(SPEED, Kind.OCAML, 20, 20, 20)
                .add(SPEED, Kind.JAVA, 40, 40, 40));
        assertThat(comparison.peer()).isEqualTo(Kind.OCAML);
        assertThat(comparison.ratio()).isEqualTo(2);
    }

    @Test
    void eachRoundOfOursIsComparedWithTheSameRoundOfThePeer() {
        Comparison comparison =
                compared(new Rounds().add(SPEED, Kind.C, 100, 50, 80).add(SPEED, Kind.JAVA, 300, 250, 160));
        assertThat(comparison).isEqualTo(new Comparison(Kind.C, 250.0 / 80, 2, 5));
    }

    @Test
    void roundsThatOnlyOneSideHasDoNotCountForTheRange() {
        Comparison comparison = compared(new Rounds()
                .add(SPEED, Kind.C, 100)
                .without(SPEED, Kind.C, 1, "stopped after 30 s")
                .add(SPEED, Kind.JAVA, 300, 900));
        assertThat(comparison).isEqualTo(new Comparison(Kind.C, 6, 3, 3));
    }

    @Test
    void aMissingPeerLeavesTheOther() {
        Comparison comparison = compared(new Rounds()
                .without(SPEED, Kind.C, 0, "cannot")
                .add(SPEED, Kind.OCAML, 30)
                .add(SPEED, Kind.JAVA, 90));
        assertThat(comparison).isEqualTo(new Comparison(Kind.OCAML, 3, 3, 3));
    }

    @Test
    void theEchoServerIsNoPeer() {
        assertThat(new Rounds()
                        .add(SPEED, Kind.ECHO, 1)
                        .add(SPEED, Kind.JAVA, 1)
                        .only()
                        .comparison())
                .isEmpty();
    }

    @Test
    void twoNothingsAreEqual() {
        RowId failures = new RowId("Guests", "EAGAIN", Figure.COUNT, Goal.NONE);
        assertThat(compared(new Rounds().add(failures, Kind.C, 0).add(failures, Kind.JAVA, 0))
                        .ratio())
                .isEqualTo(1);
    }

    private static Comparison compared(Rounds rounds) {
        return rounds.only().comparison().orElseThrow();
    }
}
