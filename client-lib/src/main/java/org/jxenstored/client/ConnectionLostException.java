package org.jxenstored.client;

/** No reply can come any more because the connection is gone. */
public final class ConnectionLostException extends XenstoreException {
    private final String reason;
    private final boolean mayHaveBeenExecuted;

    ConnectionLostException(String request, String reason, boolean mayHaveBeenExecuted) {
        super(request + ": " + reason
                + (mayHaveBeenExecuted ? "; the server may have done it" : "; the server has not seen it"));
        this.reason = reason;
        this.mayHaveBeenExecuted = mayHaveBeenExecuted;
    }

    /** Without a request that was on its way. */
    ConnectionLostException(String reason) {
        super(reason);
        this.reason = reason;
        this.mayHaveBeenExecuted = false;
    }

    /** Why the connection ended. */
    public String reason() {
        return reason;
    }

    /**
     * False if the server has certainly not executed the request. True if it may have, wholly; whoever wants to
     * know has to connect again and look.
     */
    public boolean mayHaveBeenExecuted() {
        return mayHaveBeenExecuted;
    }
}
