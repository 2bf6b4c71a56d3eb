package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C-LS-1")
class StdoutTerminalTest {

    @Test
    void theSecondNumberIsTheColumns() {
        assertThat(StdoutTerminal.parse("24 80\n")).hasValue(80);
        assertThat(StdoutTerminal.parse("0 0\n")).hasValue(0);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "80", "24 x", "stty: standard input: Not a tty", "24 -1", "1 2 3"})
    void anythingElseIsNoTerminal(String answer) {
        assertThat(StdoutTerminal.parse(answer)).isEmpty();
    }
}
