package org.jxenstored.listener;

import java.io.Serial;

/** An address cannot be served. */
public final class ListenException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * @param message for people: which address, why not, and what to do
     */
    public ListenException(String message) {
        super(message);
    }

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
