package org.jxenstored.engine;

import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;

/** Whoever remembers changes, so that they outlive the daemon. */
@FunctionalInterface
public interface Ledger {
    /** Nothing is remembered, so there is always room for it. */
    Ledger NONE = _ -> true;

    /** True if changes that take up to so many bytes more can be remembered; if not, they must not be made. */
    boolean hasRoomFor(long bytes);

    /** True if a request of this type may change something that must outlive the daemon. */
    static boolean isAsked(MessageType type) {
        return switch (type) {
            case WRITE,
                    MKDIR,
                    RM,
                    SET_PERMS,
                    TRANSACTION_END,
                    WATCH,
                    UNWATCH,
                    RESET_WATCHES,
                    INTRODUCE,
                    RELEASE,
                    RESUME,
                    SET_TARGET,
                    SET_FEATURE,
                    SET_QUOTA,
                    CONTROL -> true;
            default -> false;
        };
    }

    /** Bytes that what a request changes may need: a path of many levels is made level by level. */
    static long need(Message request) {
        return 4096L + 16L * request.payload().size();
    }
}
