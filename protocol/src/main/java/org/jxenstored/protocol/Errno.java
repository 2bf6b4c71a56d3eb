package org.jxenstored.protocol;

import java.util.Optional;

/**
 * The error names that may stand in an ERROR reply, in the order of the protocol (P-ERR-1, P-ERR-2), with
 * their Linux numbers.
 */
public enum Errno {
    EINVAL(22),
    EACCES(13),
    EEXIST(17),
    EISDIR(21),
    ENOENT(2),
    ENOMEM(12),
    ENOSPC(28),
    EIO(5),
    ENOTEMPTY(39),
    ENOSYS(38),
    EROFS(30),
    EBUSY(16),
    EAGAIN(11),
    EISCONN(106),
    E2BIG(7),
    EPERM(1);

    private static final Errno[] ALL = values();

    private final int number;

    Errno(int number) {
        this.number = number;
    }

    /** The number Linux gives this error. */
    public int number() {
        return number;
    }

    /** The payload of the ERROR reply: the name and one NUL. */
    public Value payload() {
        return Value.of(name() + "\0");
    }

    /** The errno of this name; a name that is not in the list counts as EINVAL (P-ERR-2). */
    public static Errno ofName(String name) {
        for (Errno errno : ALL) {
            if (errno.name().equals(name)) {
                return errno;
            }
        }
        return EINVAL;
    }

    /** The errno with this Linux number, empty if it may not be sent. */
    public static Optional<Errno> ofNumber(int number) {
        for (Errno errno : ALL) {
            if (errno.number == number) {
                return Optional.of(errno);
            }
        }
        return Optional.empty();
    }
}
