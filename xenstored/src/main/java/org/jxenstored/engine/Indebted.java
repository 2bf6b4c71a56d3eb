package org.jxenstored.engine;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.WriteRateLimit;

/**
 * Connections whose domains have written too much and wait (S-WRL-6).
 *
 * <p>All domains are given the same credit, so they come out of their debts in the order in which they stand here, and
 * only the first has to be looked at.
 */
final class Indebted {
    private final WriteRateLimit rateLimit;
    private final PriorityQueue<Waiting> queue =
            new PriorityQueue<>(Comparator.comparingLong(waiting -> waiting.until));
    private final Map<Connection, Waiting> known = new HashMap<>();
    private long nextMillis = OutQueue.NO_DEADLINE;

    /** Who waits, until when on the clock of shares; nobody once the connection has ended, so that it can go. */
    private static final class Waiting {
        private final long until;
        private @Nullable Connection connection;

        Waiting(long until, Connection connection) {
            this.until = until;
            this.connection = connection;
        }
    }

    Indebted(WriteRateLimit rateLimit) {
        this.rateLimit = rateLimit;
    }

    /** Adds one that is in debt; false if it waits already. */
    boolean add(Connection connection, long nowMillis) {
        if (known.containsKey(connection)) {
            return false;
        }
        wait(connection);
        nextMillis = Math.min(nextMillis, nowMillis + rateLimit.millisToWait(connection.domain(), nowMillis));
        return true;
    }

    private void wait(Connection connection) {
        Waiting waiting = new Waiting(rateLimit.debtFreeAt(connection.domain()), connection);
        known.put(connection, waiting);
        queue.add(waiting);
    }

    /** This connection has ended. */
    void forget(Connection connection) {
        Waiting waiting = known.remove(connection);
        if (waiting != null) {
            waiting.connection = null;
        }
    }

    /** Lets those go on that are out of debt. */
    void letGo(long nowMillis) {
        nextMillis = OutQueue.NO_DEADLINE;
        while (!queue.isEmpty()) {
            Waiting first = queue.element();
            Connection connection = first.connection;
            long wait = connection == null ? 0 : rateLimit.millisToWait(connection.domain(), nowMillis);
            if (connection != null && wait > 0 && rateLimit.debtFreeAt(connection.domain()) <= first.until) {
                nextMillis = nowMillis + wait;
                return;
            }
            queue.remove();
            if (connection != null) {
                known.remove(connection);
                if (wait > 0) {
                    wait(connection);
                } else {
                    connection.link().resume();
                }
            }
        }
    }

    /** When the next one is out of debt at the latest, or {@link OutQueue#NO_DEADLINE}. */
    long nextDeadline() {
        return nextMillis;
    }
}
