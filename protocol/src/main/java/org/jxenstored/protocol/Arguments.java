package org.jxenstored.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The strings of a payload (protocol.md 5.1). */
public final class Arguments {
    private Arguments() {}

    /** The one-arg form: exactly one NUL, as the last byte; empty otherwise (P-ARG-1). */
    public static Optional<String> single(Value payload) {
        int nul = payload.indexOfNul(0);
        return nul >= 0 && nul == payload.size() - 1 ? Optional.of(payload.text(0, nul)) : Optional.empty();
    }

    /** The counted form: all NUL terminated strings; what follows the last NUL is left out (P-ARG-2). */
    public static List<String> all(Value payload) {
        List<String> strings = new ArrayList<>(3);
        int from = 0;
        for (int nul = payload.indexOfNul(0); nul >= 0; nul = payload.indexOfNul(from)) {
            strings.add(payload.text(from, nul));
            from = nul + 1;
        }
        return strings;
    }

    /** A payload of these strings, each with its NUL. */
    public static Value join(List<String> strings) {
        StringBuilder joined = new StringBuilder();
        for (String string : strings) {
            joined.append(string).append('\0');
        }
        return Value.of(joined.toString());
    }

    /** A payload of these strings, each with its NUL. */
    public static Value join(String... strings) {
        return join(List.of(strings));
    }
}
