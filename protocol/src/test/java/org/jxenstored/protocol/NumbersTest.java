package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    @Test
    @DisplayName("P-NUM-3: decimal digits up to the largest value")
    void digitsUpToTheLargestValue() {
        assertThat(Numbers.decimal("0", 10)).hasValue(0);
        assertThat(Numbers.decimal("10", 10)).hasValue(10);
        assertThat(Numbers.decimal("11", 10)).isEmpty();
        assertThat(Numbers.decimal("0010", 10)).hasValue(10);
        assertThat(Numbers.decimal("999999999999999999", Long.MAX_VALUE)).hasValue(999_999_999_999_999_999L);
        assertThat(Numbers.decimalInt("2147483647", Integer.MAX_VALUE)).hasValue(Integer.MAX_VALUE);
        assertThat(Numbers.decimalInt("2147483648", Integer.MAX_VALUE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", " 1", "1 ", "0x10", "1.0", "a", "1a", "\u0661", "99999999999999999999"})
    @DisplayName("P-NUM-3: no signs, blanks, other digits, or numbers beyond 64 bit")
    void nothingElse(String text) {
        assertThat(Numbers.decimal(text, Long.MAX_VALUE)).isEmpty();
        assertThat(Numbers.decimalInt(text, Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    @DisplayName("P-NUM-3: zeros may lead, and a number is too large by its value, not by its length")
    void theValueCountsNotTheLength() {
        String zeros = "0".repeat(30);
        assertThat(Numbers.decimal(zeros + "12", 12)).hasValue(12);
        assertThat(Numbers.decimalOrMax(zeros + "12")).hasValue(12);
        assertThat(Numbers.decimal("9223372036854775807", Long.MAX_VALUE)).hasValue(Long.MAX_VALUE);
        assertThat(Numbers.decimal("9223372036854775808", Long.MAX_VALUE)).isEmpty();
        assertThat(Numbers.decimalOrMax("9223372036854775808")).hasValue(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("protocol.md 6.5: the feature bits")
    void theFeatureBits() {
        assertThat(Feature.RECONNECTION.mask()).isEqualTo(1);
        assertThat(Feature.ERROR_INDICATOR.mask()).isEqualTo(2);
        assertThat(Feature.WATCH_DEPTH.mask()).isEqualTo(4);
        assertThat(Feature.ANY_DOMAIN_PERMISSION.mask()).isEqualTo(8);
        assertThat(Feature.ALL).isEqualTo(15);
        assertThat(Feature.WATCH_DEPTH.in(11)).isFalse();
        assertThat(Feature.WATCH_DEPTH.in(4)).isTrue();
    }
}
