package org.jxenstored.client;

/** Whatever goes wrong between a client and its server. */
public abstract sealed class XenstoreException extends RuntimeException
        permits RequestFailedException,
                ConnectionLostException,
                ConnectFailedException,
                InterruptedRequestException,
                MalformedReplyException {
    XenstoreException(String message) {
        super(message);
    }

    XenstoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
