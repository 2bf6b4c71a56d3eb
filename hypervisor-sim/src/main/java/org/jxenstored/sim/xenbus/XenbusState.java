package org.jxenstored.sim.xenbus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jxenstored.protocol.Numbers;

/** How far one end of a split device driver has come; a node {@code state} has its number. */
public enum XenbusState {
    INITIALISING(1),
    /** The backend waits for the frontend's page and port. */
    INIT_WAIT(2),
    /** The frontend has offered its page and port. */
    INITIALISED(3),
    CONNECTED(4),
    CLOSING(5),
    CLOSED(6),
    RECONFIGURING(7),
    RECONFIGURED(8);

    private final int code;

    XenbusState(int code) {
        this.code = code;
    }

    /** The number. */
    public int code() {
        return code;
    }

    /** The number as it is in the store. */
    public String text() {
        return Integer.toString(code);
    }

    /** The state of a node's value, empty if that is none. */
    public static Optional<XenbusState> of(String text) {
        int wanted = Numbers.decimalInt(text, RECONFIGURED.code).orElse(0);
        return Arrays.stream(values()).filter(state -> state.code == wanted).findFirst();
    }

    /** For people, such as {@code 2 (InitWait)}. */
    @Override
    public String toString() {
        StringBuilder word = new StringBuilder();
        for (String part : name().split("_", -1)) {
            word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
        }
        return code + " (" + word + ")";
    }
}
