package org.jxenstored.client;

/** The server's reply is not what its type says, such as a transaction id that is no number. */
public final class MalformedReplyException extends XenstoreException {
    MalformedReplyException(String request, String problem) {
        super(request + ": the server's reply makes no sense: " + problem);
    }
}
