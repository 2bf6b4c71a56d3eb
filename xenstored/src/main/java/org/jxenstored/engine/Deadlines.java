package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Connections to look at when a time has come; at most one time for each that counts. */
final class Deadlines {
    private record Deadline(long millis, Connection connection) {}

    private final PriorityQueue<Deadline> upcoming = new PriorityQueue<>((a, b) -> Long.compare(a.millis, b.millis));
    private final Map<Connection, Long> earliest = new HashMap<>();

    /** Look at this connection then, or before. */
    void add(long millis, Connection connection) {
        @Nullable Long present = earliest.get(connection);
        if (present == null || millis < present) {
            earliest.put(connection, millis);
            upcoming.add(new Deadline(millis, connection));
        }
    }

    /** This connection has ended. */
    void forget(Connection connection) {
        // Its entries in the queue do not count any more, and go when their time comes.
        earliest.remove(connection);
    }

    /** The earliest, or {@link OutQueue#NO_DEADLINE}. */
    long next() {
        @Nullable Deadline next = upcoming.peek();
        return next == null ? OutQueue.NO_DEADLINE : next.millis;
    }

    /** Takes out those whose time has come. */
    List<Connection> takeDue(long nowMillis) {
        List<Connection> due = new ArrayList<>();
        for (Deadline next = upcoming.peek(); next != null && next.millis <= nowMillis; next = upcoming.peek()) {
            upcoming.remove();
            if (earliest.remove(next.connection, next.millis)) {
                due.add(next.connection);
            }
        }
        return due;
    }
}
