package org.jxenstored.client;

/** The transaction's connection is gone, and the transaction with it: none of its changes was made. */
public final class TransactionLostException extends ConnectionLostException {
    TransactionLostException(String request, String reason) {
        super(request + ": " + reason + "; its transaction is lost and nothing of it was done", reason, false);
    }
}
