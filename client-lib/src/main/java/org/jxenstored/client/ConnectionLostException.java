package org.jxenstored.client;

/** No reply can come any more because the connection is gone. */
public sealed class ConnectionLostException extends XenstoreException
        permits OutcomeUnknownException, TransactionLostException {
    private final String reason;
    private final boolean mayHaveBeenExecuted;

    ConnectionLostException(String message, String reason, boolean mayHaveBeenExecuted) {
        super(message);
        this.reason = reason;
        this.mayHaveBeenExecuted = mayHaveBeenExecuted;
    }

    /** Of a request that the server has not seen. */
    ConnectionLostException(String request, String reason) {
        this(request + ": " + reason + "; the server has not seen it", reason, false);
    }

    /** Without a request that was on its way. */
    ConnectionLostException(String reason) {
        this(reason, reason, false);
    }

    /** Why the connection ended. */
    public String reason() {
        return reason;
    }

    /**
     * False if the server has certainly not executed the request. True if it may have, wholly: this is an {@link
     * OutcomeUnknownException}.
     */
    public boolean mayHaveBeenExecuted() {
        return mayHaveBeenExecuted;
    }
}
