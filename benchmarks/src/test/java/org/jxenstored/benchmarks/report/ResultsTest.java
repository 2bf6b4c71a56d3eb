package org.jxenstored.benchmarks.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.jxenstored.benchmarks.report.Rounds.speed;

import org.junit.jupiter.api.Test;
import org.jxenstored.benchmarks.daemon.Kind;

class ResultsTest {
    private static final RowId WRITE = speed(Goal.NONE);
    private static final RowId READ = new RowId("One connection", "read", Figure.MICROSECONDS, Goal.NONE);

    @Test
    void rowsStayInTheOrderInWhichTheyFirstCame() {
        Results results =
                new Rounds().add(WRITE, Kind.C, 1).add(READ, Kind.C, 1).add(WRITE, Kind.JAVA, 2).results;
        assertThat(results.rows()).extracting(RowResult::row).containsExactly(WRITE, READ);
    }

    @Test
    void theMedianIsTheMiddleRoundWhateverTheOrder() {
        Sample sample = sample(new Rounds().add(WRITE, Kind.JAVA, 90, 10, 30, 1000, 20));
        assertThat(sample.median()).isEqualTo(30);
        assertThat(sample.least()).isEqualTo(10);
        assertThat(sample.most()).isEqualTo(1000);
        assertThat(sample.rounds()).isEqualTo(5);
    }

    @Test
    void theMedianOfAnEvenNumberOfRoundsIsTheMeanOfTheMiddleTwo() {
        assertThat(sample(new Rounds().add(WRITE, Kind.JAVA, 40, 10, 30, 20)).median())
                .isEqualTo(25);
    }

    @Test
    void aRoundWithoutAFigureCountsAsARoundButNotForTheMedian() {
        Rounds rounds =
                new Rounds().add(WRITE, Kind.JAVA, 10, 20, 30).without(WRITE, Kind.JAVA, 3, "stopped after 30 s");
        Sample sample = sample(rounds);
        assertThat(sample.rounds()).isEqualTo(4);
        assertThat(sample.figureCount()).isEqualTo(3);
        assertThat(sample.median()).isEqualTo(20);
        assertThat(sample.notes()).containsExactly("stopped after 30 s");
    }

    @Test
    void latenciesOfAllRoundsAreTakenTogetherAndShownInMicroseconds() {
        Rounds rounds = new Rounds()
                .addLatencies(WRITE, Kind.JAVA, 0, 1, 1000)
                .addLatencies(WRITE, Kind.JAVA, 1, 1, 1000)
                .addLatencies(WRITE, Kind.JAVA, 2, 1, 4000);
        Sample sample = sample(rounds);
        assertThat(sample.p50()).isCloseTo(1000, within(2.0));
        assertThat(sample.p99()).isCloseTo(3940, within(8.0));
        assertThat(sample.p999()).isCloseTo(3994, within(8.0));
    }

    @Test
    void aPercentileNeedsAnOperationAboveIt() {
        assertThat(sample(new Rounds().addLatencies(WRITE, Kind.JAVA, 0, 1, 999))
                        .p999())
                .isNaN();
        assertThat(sample(new Rounds().addLatencies(WRITE, Kind.JAVA, 0, 1, 1000))
                        .p999())
                .isPositive();
        assertThat(sample(new Rounds().addLatencies(WRITE, Kind.JAVA, 0, 1, 99)).p99())
                .isNaN();
        assertThat(sample(new Rounds().addLatencies(WRITE, Kind.JAVA, 0, 1, 100))
                        .p99())
                .isPositive();
    }

    @Test
    void mergingLeavesTheHistogramsOfTheRoundsAlone() {
        Rounds rounds = new Rounds().addLatencies(WRITE, Kind.JAVA, 0, 1, 10).addLatencies(WRITE, Kind.JAVA, 1, 1, 10);
        assertThat(sample(rounds).p50()).isEqualTo(sample(rounds).p50());
        assertThat(rounds.results.measurements())
                .allSatisfy(one -> assertThat(requireNonNull(one.latencies()).getTotalCount())
                        .isEqualTo(10));
    }

    @Test
    void aRowWithoutLatenciesHasNoPercentiles() {
        Sample sample = sample(new Rounds().add(WRITE, Kind.JAVA, 1));
        assertThat(sample.hasLatencies()).isFalse();
        assertThat(sample.p50()).isNaN();
    }

    @Test
    void twoRowsCannotShareAName() {
        RowId other = new RowId("Rings", WRITE.name(), Figure.OPERATIONS_PER_SECOND, Goal.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rounds().add(WRITE, Kind.C, 1).add(other, Kind.C, 1))
                .withMessageContaining("write of 1 byte");
    }

    @Test
    void aRoundCannotComeTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rounds().add(WRITE, Kind.C, 1).add(WRITE, Kind.C, 1))
                .withMessageContaining("twice");
    }

    private static Sample sample(Rounds rounds) {
        return requireNonNull(rounds.only().of(Kind.JAVA));
    }
}
