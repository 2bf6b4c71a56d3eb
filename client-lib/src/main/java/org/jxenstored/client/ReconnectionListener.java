package org.jxenstored.client;

import java.time.Instant;

/**
 * Hears of lost and new connections, such as to write them into a log.
 *
 * <p>All calls come from threads of the client. Of two gaps close to each other they may overlap; the times tell.
 */
public interface ReconnectionListener {
    /**
     * The connection is gone; the client tries to get another one once this returns. Must not wait for a request of the
     * same client.
     */
    default void lost(ConnectionLostException reason, Instant at) {}

    /** A new connection serves the requests; events from the gap are missing. */
    default void back(Gap gap) {}

    /** The server did not come back within the patience: the client is closed. */
    default void gaveUp(ConnectionLostException reason) {}
}
