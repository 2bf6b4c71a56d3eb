package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionTest {
    @ParameterizedTest
    @CsvSource({
        "n0,NONE,0,false,false",
        "r5,READ,5,true,false",
        "w65535,WRITE,65535,false,true",
        "b32757,BOTH,32757,true,true"
    })
    @DisplayName("P-PERM-1: a letter and a domid")
    void aLetterAndADomid(String text, Access access, int domid, boolean read, boolean write) {
        assertThat(Permission.parse(text)).contains(new Permission(access, domid));
        assertThat(new Permission(access, domid)).hasToString(text);
        assertThat(access.grantsRead()).isEqualTo(read);
        assertThat(access.grantsWrite()).isEqualTo(write);
        assertThat(Access.of(access.letter())).contains(access);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "r", "5", "x5", "R5", "r-1", "r+1", "r 1", "r0x1", "r65536", "r70000", "r1 ", "rr1", "r000001"
            })
    @DisplayName("P-NUM-2: anything else is malformed")
    void anythingElseIsMalformed(String text) {
        assertThat(Permission.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "32751,32751", "65535,65535", "00007,7"})
    @DisplayName("P-NUM-1: one to five digits are a domid")
    void digitsAreADomid(String text, int domid) {
        assertThat(Domid.parse(text)).hasValue(domid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "-1", "+1", "0x1", "65536", "99999", "000001", "a", "1a"})
    @DisplayName("P-NUM-1: everything else is not")
    void everythingElseIsNoDomid(String text) {
        assertThat(Domid.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-1,false", "0,true", "32751,true", "32752,false", "32757,false", "65535,false"})
    @DisplayName("L-ID-1, L-ID-4: ids from 0x7FF0 on name no ordinary domain")
    void reservedIdsAreNotOrdinary(int domid, boolean ordinary) {
        assertThat(Domid.isOrdinary(domid)).isEqualTo(ordinary);
    }
}
