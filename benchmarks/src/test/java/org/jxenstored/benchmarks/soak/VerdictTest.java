package org.jxenstored.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final long MIB = 1024 * 1024;

    private static List<Sample> samples(int count, IntFunction<Sample> sample) {
        return IntStream.rangeClosed(1, count).mapToObj(sample).toList();
    }

    private static Sample steady(int minute) {
        return new Sample(minute, 9 * MIB + minute % 3 * 20_000L, 90 * MIB, 50 + minute % 2, 20, minute * 100L);
    }

    @Test
    void aStraightLineIsFoundThroughNoise() {
        List<Sample> samples =
                samples(30, minute -> new Sample(minute, 1000 + 50L * minute + (minute % 2 == 0 ? 7 : -7), 0, 0, 0, 0));
        Trend trend = Trend.of(samples, Sample::heapBytes);
        assertThat(trend.perMinute()).isCloseTo(50, within(0.1));
        assertThat(trend.mean()).isCloseTo(1775, within(0.1));
    }

    @Test
    void samplesOfOneMomentAreLevel() {
        Trend trend = Trend.of(List.of(steady(1), steady(1)), Sample::heapBytes);
        assertThat(trend.perMinute()).isZero();
        assertThat(Trend.of(List.of(), Sample::heapBytes)).isEqualTo(new Trend(0, 0, 0));
    }

    @Test
    void aDaemonThatStaysAsItIsIsFlat() {
        Verdict verdict = Verdict.of(samples(30, VerdictTest::steady), 5);
        assertThat(verdict.flat()).isTrue();
        assertThat(verdict.lines()).hasSize(4).allMatch(line -> line.startsWith("flat "));
    }

    @Test
    void whatRisesWhileItWarmsUpDoesNotCount() {
        Verdict verdict = Verdict.of(
                samples(30, minute -> {
                    long warmingUp = Math.min(minute, 5) * 3L * MIB;
                    return new Sample(
                            minute, 9 * MIB + warmingUp, 60 * MIB + warmingUp, 40 + Math.min(minute, 5), 20, 0);
                }),
                5);
        assertThat(verdict.flat()).isTrue();
    }

    @Test
    void eachFigureThatRisesIsNamedWithItsSlopeAndItsBound() {
        assertThat(Verdict.of(samples(30, m -> new Sample(m, m * 100L * 1024, 0, 0, 0, 0)), 5))
                .isEqualTo(new Verdict(
                        false,
                        List.of(
                                "RISES  heap after a full collection: +100.00 KiB a minute (+-0.00), bound 64",
                                "flat   resident memory: +0.00 KiB a minute (+-0.00), bound 1024",
                                "flat   file descriptors: +0.00 a minute (+-0.00), bound 0.1",
                                "flat   threads: +0.00 a minute (+-0.00), bound 0.1")));
        assertThat(Verdict.of(samples(30, m -> new Sample(m, 0, 2 * MIB * m, 0, 0, 0)), 5)
                        .flat())
                .isFalse();
        assertThat(Verdict.of(samples(30, m -> new Sample(m, 0, 0, m / 4, 0, 0)), 5)
                        .flat())
                .as("a file every four minutes")
                .isFalse();
        assertThat(Verdict.of(samples(30, m -> new Sample(m, 0, 0, 0, m / 5, 0)), 5)
                        .flat())
                .as("a thread every five minutes")
                .isFalse();
    }

    @Test
    void aRiseThatNoiseExplainsIsNone() {
        long[] mebibytes = {107, 111, 107, 114, 108, 116};
        List<Sample> noisy = samples(6, m -> new Sample(m / 5.0, 0, mebibytes[m - 1] * MIB, 0, 0, 0));
        assertThat(Trend.of(noisy, Sample::residentBytes).perMinute()).isGreaterThan(MIB);
        assertThat(Verdict.of(noisy, 0).flat()).isTrue();
        List<Sample> steep = samples(6, m -> new Sample(m / 5.0, 0, (mebibytes[m - 1] + 10L * m) * MIB, 0, 0, 0));
        assertThat(Verdict.of(steep, 0).flat()).isFalse();
    }

    @Test
    void whatFallsIsNoHarm() {
        assertThat(Verdict.of(samples(30, m -> new Sample(m, (50 - m) * MIB, 0, 100 - m, 0, 0)), 5)
                        .flat())
                .isTrue();
    }

    @Test
    void twoSamplesMakeNoVerdict() {
        Verdict verdict = Verdict.of(samples(6, VerdictTest::steady), 5);
        assertThat(verdict.flat()).isFalse();
        assertThat(verdict.lines()).singleElement().asString().contains("only 2 samples");
    }

    @Test
    void aShortSoakIsSampledMoreOftenAndJudgedInItsSecondHalf() {
        assertThat(Soak.between(Duration.ofMinutes(30))).isEqualTo(Duration.ofMinutes(1));
        assertThat(Soak.between(Duration.ofMinutes(600))).isEqualTo(Duration.ofMinutes(1));
        assertThat(Soak.between(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(20));
        assertThat(Soak.between(Duration.ofMinutes(1))).isEqualTo(Duration.ofSeconds(10));
        assertThat(Soak.settled(30)).isEqualTo(5);
        assertThat(Soak.settled(4)).isEqualTo(2);
    }
}
