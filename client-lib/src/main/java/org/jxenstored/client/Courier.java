package org.jxenstored.client;

import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** Takes requests to the server: over one connection, or over one after the other. */
sealed interface Courier permits Connection, Session {
    /** Queues a request for the next {@link #flush}; waits if very many are queued. */
    PendingReply enqueue(MessageType type, int transactionId, Value payload);

    /** Sees to it that all queued requests are written. */
    void flush();

    /** Sends a request. */
    default PendingReply send(MessageType type, int transactionId, Value payload) {
        PendingReply request = enqueue(type, transactionId, payload);
        flush();
        return request;
    }
}
