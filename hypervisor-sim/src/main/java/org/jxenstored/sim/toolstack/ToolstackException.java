package org.jxenstored.sim.toolstack;

import java.io.Serial;

/** The toolstack cannot do what it was asked for; the message is for people. */
public final class ToolstackException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    public ToolstackException(String message) {
        super(message);
    }

    public ToolstackException(String message, Throwable cause) {
        super(message, cause);
    }
}
