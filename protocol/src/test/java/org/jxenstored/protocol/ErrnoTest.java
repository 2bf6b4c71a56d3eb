package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource({
        "EINVAL,22", "EACCES,13", "EEXIST,17", "EISDIR,21", "ENOENT,2", "ENOMEM,12", "ENOSPC,28", "EIO,5",
        "ENOTEMPTY,39", "ENOSYS,38", "EROFS,30", "EBUSY,16", "EAGAIN,11", "EISCONN,106", "E2BIG,7", "EPERM,1"
    })
    @DisplayName("P-ERR-1: the names that may be sent, with their Linux numbers")
    void nameAndNumberBelongTogether(Errno errno, int number) {
        assertThat(errno.number()).isEqualTo(number);
        assertThat(Errno.ofNumber(number)).contains(errno);
        assertThat(Errno.ofName(errno.name())).isEqualTo(errno);
        assertThat(errno.payload()).isEqualTo(Value.of(errno.name() + "\0"));
    }

    @Test
    @DisplayName("P-ERR-2: the order is fixed")
    void theOrderIsThatOfTheProtocol() {
        assertThat(Errno.values())
                .containsExactly(
                        Errno.EINVAL,
                        Errno.EACCES,
                        Errno.EEXIST,
                        Errno.EISDIR,
                        Errno.ENOENT,
                        Errno.ENOMEM,
                        Errno.ENOSPC,
                        Errno.EIO,
                        Errno.ENOTEMPTY,
                        Errno.ENOSYS,
                        Errno.EROFS,
                        Errno.EBUSY,
                        Errno.EAGAIN,
                        Errno.EISCONN,
                        Errno.E2BIG,
                        Errno.EPERM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EQUOTA", "", "enoent", "ENOENT ", "EBADF"})
    @DisplayName("P-ERR-2, P-ERR-4: an unknown name counts as EINVAL")
    void anUnknownNameIsEinval(String name) {
        assertThat(Errno.ofName(name)).isEqualTo(Errno.EINVAL);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 3, 0, -2, 200})
    @DisplayName("P-ERR-3: other numbers have no name of ours")
    void otherNumbersAreNotSent(int number) {
        assertThat(Errno.ofNumber(number)).isEmpty();
    }
}
