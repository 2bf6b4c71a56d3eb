package org.jxenstored.benchmarks.differential;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jxenstored.protocol.MessageType;

/** One thing that is done to both daemons. */
sealed interface Step {
    Who who();

    /**
     * A request and its reply.
     *
     * @param type number on the wire, of a known type or not
     * @param payload one byte per character
     * @param starts handle of the transaction this starts, if it does
     */
    record Call(Who who, int type, TransactionRef transaction, String payload, Optional<Integer> starts)
            implements Step {
        static Call of(Who who, MessageType type, TransactionRef transaction, String payload) {
            return new Call(who, type.number(), transaction, payload, Optional.empty());
        }

        boolean is(MessageType other) {
            return type == other.number();
        }

        /** Without what follows the last NUL (P-ARG-2). */
        List<String> strings() {
            String[] all = payload.split("\0", -1);
            return Arrays.asList(all).subList(0, all.length - 1);
        }

        /** Up to the first NUL or to the end. */
        String firstString() {
            int nul = payload.indexOf('\0');
            return nul < 0 ? payload : payload.substring(0, nul);
        }

        /** The first string as a path, absolute if it is one. */
        String path() {
            return who.absolute(firstString());
        }

        /** The one-arg form (P-ARG-1). */
        boolean isOneArgument() {
            return payload.indexOf('\0') == payload.length() - 1 && !payload.isEmpty();
        }
    }

    /** A socket is closed and a new one opened in its place. */
    record Reopen(Who who) implements Step {}

    /** A header that claims a payload longer than the protocol allows; the socket is opened anew after that. */
    record Oversize(Who who) implements Step {}

    /** A guest's domain is destroyed and another one with the same number is made and introduced. */
    record Replace(Who who) implements Step {}
}
