package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    @DisplayName("P-ARG-1: one string with its NUL at the end")
    void theSingleForm() {
        assertThat(Arguments.single(Value.of("/a\0"))).contains("/a");
        assertThat(Arguments.single(Value.of("\0"))).contains("");
        assertThat(Arguments.single(Value.of("\u00ff\0"))).contains("\u00ff");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "/a\0b", "/a\0\0", "\0\0", "/a\0b\0"})
    @DisplayName("P-ARG-1: nothing at all, no NUL, a tail, or a second NUL")
    void notTheSingleForm(String payload) {
        assertThat(Arguments.single(Value.of(payload))).isEmpty();
    }

    @Test
    @DisplayName("P-ARG-2, P-ARG-3: all strings that end in a NUL; the tail is ignored")
    void theCountedForm() {
        assertThat(Arguments.all(Value.EMPTY)).isEmpty();
        assertThat(Arguments.all(Value.of("tail"))).isEmpty();
        assertThat(Arguments.all(Value.of("\0"))).containsExactly("");
        assertThat(Arguments.all(Value.of("a\0\0b\0"))).containsExactly("a", "", "b");
        assertThat(Arguments.all(Value.of("/w\0t\0junk"))).containsExactly("/w", "t");
    }

    @Test
    void joinedStringsComeApartAgain() {
        assertThat(Arguments.join("a", "", "b")).isEqualTo(Value.of("a\0\0b\0"));
        assertThat(Arguments.join(List.of())).isEqualTo(Value.EMPTY);
        assertThat(Arguments.all(Arguments.join("x", "y"))).containsExactly("x", "y");
    }
}
