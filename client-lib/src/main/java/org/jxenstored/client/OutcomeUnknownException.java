package org.jxenstored.client;

/**
 * The connection was lost between a request and its reply: the server has done it wholly, or not at all.
 *
 * <p>Nobody but the caller can find out, by looking, or knows that repeating it does no harm; so the client never
 * repeats it.
 */
public final class OutcomeUnknownException extends ConnectionLostException {
    OutcomeUnknownException(String request, String reason) {
        super(request + ": " + reason + "; the server may have done it or not", reason, true);
    }
}
