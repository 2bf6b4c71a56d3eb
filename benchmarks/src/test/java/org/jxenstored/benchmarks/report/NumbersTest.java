package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void figuresHaveThreeDigitsOrMoreAndTheirThousandsApart() {
        assertThat(Numbers.withUnit(Figure.OPERATIONS_PER_SECOND, 81234.4)).isEqualTo("81,234/s");
        assertThat(Numbers.withUnit(Figure.MICROSECONDS, 24.06)).isEqualTo("24.1 us");
        assertThat(Numbers.withUnit(Figure.MILLISECONDS, 1.234)).isEqualTo("1.23 ms");
        assertThat(Numbers.withUnit(Figure.FACTOR, 1.08)).isEqualTo("1.08x");
    }

    @Test
    void countsAreWhole() {
        assertThat(Numbers.withUnit(Figure.COUNT, 4)).isEqualTo("4");
        assertThat(Numbers.withUnit(Figure.COUNT, 0)).isEqualTo("0");
    }

    @Test
    void whatIsNotThereIsADash() {
        assertThat(Numbers.withUnit(Figure.MICROSECONDS, Double.NaN)).isEqualTo("-");
        assertThat(Numbers.ratio(Double.NaN)).isEqualTo("-");
        assertThat(Numbers.percent(Double.NaN)).isEqualTo("-");
    }

    @Test
    void ratiosAreRoundedDown() {
        assertThat(Numbers.ratio(1.999)).isEqualTo("1.99x");
        assertThat(Numbers.ratio(1.15)).isEqualTo("1.15x");
        assertThat(Numbers.ratio(41.39)).isEqualTo("41.3x");
        assertThat(Numbers.ratio(1234.9)).isEqualTo("1,234x");
    }
}
