package org.jxenstored.client;

/**
 * The thread was interrupted while it waited for a reply, and is still marked as interrupted.
 *
 * <p>The request was sent, so the server may execute it; its reply is thrown away. The connection goes on.
 */
public final class InterruptedRequestException extends XenstoreException {
    InterruptedRequestException(String request) {
        super(request + ": interrupted while waiting for the reply; the server may have done it");
    }
}
