package org.jxenstored.protocol;

import java.util.Optional;

/** The message types a client may send or receive, with their number on the wire (protocol.md section 3). */
public enum MessageType {
    CONTROL(0),
    DIRECTORY(1),
    READ(2),
    GET_PERMS(3),
    WATCH(4),
    UNWATCH(5),
    TRANSACTION_START(6),
    TRANSACTION_END(7),
    INTRODUCE(8),
    RELEASE(9),
    GET_DOMAIN_PATH(10),
    WRITE(11),
    MKDIR(12),
    RM(13),
    SET_PERMS(14),
    WATCH_EVENT(15),
    ERROR(16),
    IS_DOMAIN_INTRODUCED(17),
    RESUME(18),
    SET_TARGET(19),
    RESTRICT(20),
    RESET_WATCHES(21),
    DIRECTORY_PART(22),
    GET_FEATURE(23),
    SET_FEATURE(24),
    GET_QUOTA(25),
    SET_QUOTA(26);

    private static final MessageType[] BY_NUMBER = values();

    private final int number;

    MessageType(int number) {
        this.number = number;
    }

    /** The number on the wire. */
    public int number() {
        return number;
    }

    /** True for the types a server answers; the others are always ENOSYS from a client (P-ERR-7 step 2). */
    public boolean isRequest() {
        return this != WATCH_EVENT && this != ERROR && this != RESTRICT;
    }

    /** The type with this number on the wire, which is unsigned; empty if there is none. */
    public static Optional<MessageType> of(int number) {
        return number >= 0 && number < BY_NUMBER.length ? Optional.of(BY_NUMBER[number]) : Optional.empty();
    }
}
