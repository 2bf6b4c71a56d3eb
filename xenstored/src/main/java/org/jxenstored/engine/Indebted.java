package org.jxenstored.engine;

import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import org.jxenstored.domain.WriteRateLimit;

/**
 * Connections whose domains have written too much and wait (S-WRL-6).
 *
 * <p>All domains are given the same credit, so they come out of their debts in the order in which they stand here, and
 * only the first has to be looked at.
 */
final class Indebted {
    private final WriteRateLimit rateLimit;
    private final PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.comparingLong(Waiting::until));
    private final Set<Connection> known = new HashSet<>();
    private long nextMillis = OutQueue.NO_DEADLINE;

    /** @param until on the clock of shares */
    private record Waiting(long until, Connection connection) {}

    Indebted(WriteRateLimit rateLimit) {
        this.rateLimit = rateLimit;
    }

    /** Adds one that is in debt; false if it waits already. */
    boolean add(Connection connection, long nowMillis) {
        if (!known.add(connection)) {
            return false;
        }
        queue.add(waiting(connection));
        nextMillis = Math.min(nextMillis, nowMillis + rateLimit.millisToWait(connection.domain(), nowMillis));
        return true;
    }

    private Waiting waiting(Connection connection) {
        return new Waiting(rateLimit.debtFreeAt(connection.domain()), connection);
    }

    /** Lets those go on that are out of debt. */
    void letGo(long nowMillis) {
        nextMillis = OutQueue.NO_DEADLINE;
        while (!queue.isEmpty()) {
            Waiting first = queue.element();
            Connection connection = first.connection();
            long wait = connection.isClosed() ? 0 : rateLimit.millisToWait(connection.domain(), nowMillis);
            if (wait > 0 && rateLimit.debtFreeAt(connection.domain()) <= first.until()) {
                nextMillis = nowMillis + wait;
                return;
            }
            queue.remove();
            if (wait > 0) {
                queue.add(waiting(connection));
            } else {
                known.remove(connection);
                if (!connection.isClosed()) {
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
