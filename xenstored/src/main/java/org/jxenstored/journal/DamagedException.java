package org.jxenstored.journal;

import java.io.IOException;

/** What is kept of the store cannot be read; says which file, where, and what can be done. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message for people */
    public DamagedException(String message) {
        super(message);
    }
}
