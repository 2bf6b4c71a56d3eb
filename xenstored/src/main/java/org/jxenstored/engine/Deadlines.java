package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Connections to look at when a time has come; at most one time for each that counts. */
final class Deadlines {
    /** A time and who is looked at then: nobody once that does not count any more, so that what has ended can go. */
    private static final class Deadline {
        private final long millis;
        private @Nullable Connection connection;

        Deadline(long millis, Connection connection) {
            this.millis = millis;
            this.connection = connection;
        }
    }

    private final PriorityQueue<Deadline> upcoming = new PriorityQueue<>((a, b) -> Long.compare(a.millis, b.millis));
    private final Map<Connection, Deadline> earliest = new HashMap<>();

    /** Look at this connection then, or before. */
    void add(long millis, Connection connection) {
        Deadline present = earliest.get(connection);
        if (present == null || millis < present.millis) {
            forget(connection);
            Deadline deadline = new Deadline(millis, connection);
            earliest.put(connection, deadline);
            upcoming.add(deadline);
        }
    }

    /** This connection has ended. */
    void forget(Connection connection) {
        Deadline deadline = earliest.remove(connection);
        if (deadline != null) {
            deadline.connection = null;
        }
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
            Connection connection = next.connection;
            if (connection != null) {
                earliest.remove(connection);
                due.add(connection);
            }
        }
        return due;
    }
}
