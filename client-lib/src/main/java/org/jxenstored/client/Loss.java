package org.jxenstored.client;

import java.util.List;

/**
 * The end of a connection.
 *
 * @param reason for people
 * @param mendable false if the same would happen on the next connection: the server breaks the protocol, or never
 *     answered
 * @param unanswered requests without a reply, oldest first
 * @param handedOver bytes of requests that were given to the transport
 */
record Loss(String reason, boolean mendable, List<PendingReply> unanswered, long handedOver) {
    /** Whether the server may have seen this request. */
    boolean hadSent(PendingReply request) {
        return request.position() < handedOver;
    }
}
