package org.jxenstored.benchmarks.load;

import java.io.IOException;
import java.io.Serial;

/** The daemon did not answer as it must: what was measured is worth nothing. */
public final class WrongReplyException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    WrongReplyException(Object request, Object reply) {
        super("wrong answer to " + request + ": " + reply);
    }

    public WrongReplyException(String message) {
        super(message);
    }
}
