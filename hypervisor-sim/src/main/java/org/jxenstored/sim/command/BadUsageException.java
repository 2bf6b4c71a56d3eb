package org.jxenstored.sim.command;

import java.io.Serial;

/** Something was typed that no subcommand understands. */
final class BadUsageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    BadUsageException(String message) {
        super(message);
    }
}
