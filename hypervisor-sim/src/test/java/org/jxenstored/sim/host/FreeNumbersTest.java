package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class FreeNumbersTest {
    private final FreeNumbers numbers = new FreeNumbers(8, 11);

    @Test
    @DisplayName("the lowest free number is taken, also one that was given back")
    void theLowestIsTaken() {
        assertThat(numbers.take()).hasValue(8);
        assertThat(numbers.take()).hasValue(9);
        assertThat(numbers.take()).hasValue(10);
        numbers.free(9);
        numbers.free(8);
        assertThat(numbers.take()).hasValue(8);
        assertThat(numbers.take()).hasValue(9);
        assertThat(numbers.take()).hasValue(11);
    }

    @Test
    @DisplayName("when all are taken there is none, until one is given back")
    void theyRunOut() {
        for (int i = 0; i < 4; i++) {
            assertThat(numbers.take()).isPresent();
        }
        assertThat(numbers.take()).isEmpty();
        numbers.free(10);
        assertThat(numbers.take()).hasValue(10);
        assertThat(numbers.take()).isEmpty();
    }

    @Test
    @DisplayName("a number that was taken by name is left out; one below the range is never given")
    void namedNumbers() {
        numbers.take(8);
        numbers.take(1);
        assertThat(numbers.take()).hasValue(9);
        numbers.free(1);
        assertThat(numbers.take()).hasValue(10);
    }
}
