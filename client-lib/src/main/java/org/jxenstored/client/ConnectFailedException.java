package org.jxenstored.client;

/** The server could not be reached. */
public final class ConnectFailedException extends XenstoreException {
    ConnectFailedException(String message) {
        super(message);
    }

    ConnectFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
