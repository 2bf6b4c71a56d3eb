package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTextTest {

    @ParameterizedTest(name = "{0} is sent as {1}")
    @DisplayName("C-CHMOD-1: the domid is whatever number stands at the start")
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
        assertThat(PermissionText.ofUser(mode))
                .hasValueSatisfying(permission -> assertThat(permission).hasToString(sent));
    }

    @Test
    @DisplayName("C-CHMOD-1: blanks before the number are skipped")
    void blanksBeforeTheNumberAreSkipped() {
        assertThat(LenientNumber.parse(" \t\n\u000b\f\r 7 8")).isEqualTo(7);
        assertThat(LenientNumber.parse("- 7")).isZero();
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("C-CHMOD-1: another letter is no permission")
    @ValueSource(strings = {"", "x0", "N0", "0", "-1", " n0"})
    void anotherLetterIsNoPermission(String mode) {
        assertThat(PermissionText.ofUser(mode)).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("C-LS-2: a server's list may name any domid")
    @ValueSource(strings = {"n0", "r65535", "b-1", "w2147483647"})
    void aServersListMayNameAnyDomid(String entry) {
        assertThat(PermissionText.ofServer(entry))
                .hasValueSatisfying(permission -> assertThat(permission).hasToString(entry));
    }

    @ParameterizedTest(name = "\"{0}\"")
    @DisplayName("C-LS-6: a server's entry that is no permission is not shown")
    @ValueSource(strings = {"", "n", "n-", "x1", "n5x", "5"})
    void aServersEntryThatIsNoPermissionIsNotShown(String entry) {
        assertThat(PermissionText.ofServer(entry)).isEmpty();
    }
}
