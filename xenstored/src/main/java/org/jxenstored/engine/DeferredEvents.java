package org.jxenstored.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.watch.Watch;

/** Events that are to be put into queues yet: by connection, each one's in their order. */
final class DeferredEvents {
    /**
     * One of them.
     *
     * @param path as the store knows it
     * @param ticket the request it is counted on
     */
    record Deferred(Watch watch, String path, @Nullable Ticket ticket) {}

    /** Nobody is in here with none. */
    private final Map<Connection, Deque<Deferred>> byConnection = new LinkedHashMap<>();

    boolean isEmpty() {
        return byConnection.isEmpty();
    }

    /** How many are for this connection. */
    int count(Connection to) {
        @Nullable Deque<Deferred> events = byConnection.get(to);
        return events == null ? 0 : events.size();
    }

    void add(Connection to, Deferred event) {
        byConnection.computeIfAbsent(to, _ -> new ArrayDeque<>()).addLast(event);
        if (event.ticket() != null) {
            event.ticket().caused();
        }
    }

    /** The connection that has waited longest; there is one. */
    Connection first() {
        return byConnection.keySet().iterator().next();
    }

    /** The first event for this connection, or null. It is not here any more then, but still counted on its request. */
    @Nullable
    Deferred take(Connection to) {
        @Nullable Deque<Deferred> events = byConnection.get(to);
        if (events == null) {
            return null;
        }
        Deferred event = events.removeFirst();
        if (events.isEmpty()) {
            byConnection.remove(to);
        }
        return event;
    }

    /** Drops those for this connection. */
    void drop(Connection to) {
        @Nullable Deque<Deferred> events = byConnection.remove(to);
        if (events != null) {
            events.forEach(this::done);
        }
    }

    /** The event is in a queue, or will never be. */
    void done(Deferred event) {
        if (event.ticket() != null) {
            event.ticket().done();
        }
    }
}
