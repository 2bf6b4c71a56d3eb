package org.jxenstored.daemon;

import java.io.Serial;

/** An option has a value that the daemon cannot start with (S-OPT-1). */
public final class BadOptionException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * @param message for people: which option, which value, what would be right
     */
    public BadOptionException(String message) {
        super(message);
    }
}
