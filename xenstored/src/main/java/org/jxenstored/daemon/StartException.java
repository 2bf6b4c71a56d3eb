package org.jxenstored.daemon;

import java.io.Serial;

/** The daemon cannot start. */
public final class StartException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * @param message for people: what is missing or refused, and what to do
     */
    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
