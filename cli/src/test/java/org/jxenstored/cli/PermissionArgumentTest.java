package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("C-CHMOD-1")
class PermissionArgumentTest {

    @ParameterizedTest(name = "{0} is sent as {1}")
    @CsvSource({
        "n0, n0",
        "r5, r5",
        "w65535, w65535",
        "b65536, b65536",
        "n, n0",
        "nabc, n0",
        "n0x10, n0",
        "n010, n10",
        "n+3, n3",
        "n-1, n-1",
        "n12abc, n12",
        "n4294967296, n0",
        "n4294967295, n-1",
        "n99999999999999999999, n-1",
        "n-99999999999999999999, n0"
    })
    void theDomidIsWhateverNumberStandsAtTheStart(String mode, String sent) {
        assertThat(PermissionArgument.parse(mode))
                .hasValueSatisfying(permission -> assertThat(permission).hasToString(sent));
    }

    @Test
    void blanksBeforeTheNumberAreSkipped() {
        assertThat(LenientNumber.parse(" \t\n\u000b\f\r 7 8")).isEqualTo(7);
        assertThat(LenientNumber.parse("- 7")).isZero();
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "x0", "N0", "0", "-1", " n0"})
    void anotherLetterIsNoPermission(String mode) {
        assertThat(PermissionArgument.parse(mode)).isEmpty();
    }
}
