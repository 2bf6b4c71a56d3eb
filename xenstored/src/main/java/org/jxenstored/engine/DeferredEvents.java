package org.jxenstored.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
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

    /** Nobody is in here with none; who has its turn next is the first. */
    private final LinkedHashMap<Connection, Deque<Deferred>> byConnection = new LinkedHashMap<>();

    private int count;

    boolean isEmpty() {
        return byConnection.isEmpty();
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** How many are for this connection. */
    int count(Connection to) {
        @Nullable Deque<Deferred> events = byConnection.get(to);
        return events == null ? 0 : events.size();
    }

    void add(Connection to, Deferred event) {
        byConnection.computeIfAbsent(to, _ -> new ArrayDeque<>()).addLast(event);
        count++;
        if (event.ticket() != null) {
            event.ticket().caused();
        }
    }

    /** The connection whose turn it is; there is one. All others have theirs before it has another one. */
    Connection next() {
        Connection next = byConnection.firstEntry().getKey();
        byConnection.putLast(next, byConnection.firstEntry().getValue());
        return next;
    }

    /** The first event for this connection, or null. It is not here any more then, but still counted on its request. */
    @Nullable
    Deferred take(Connection to) {
        @Nullable Deque<Deferred> events = byConnection.get(to);
        if (events == null) {
            return null;
        }
        Deferred event = events.removeFirst();
        count--;
        if (events.isEmpty()) {
            byConnection.remove(to);
        }
        return event;
    }

    /** Drops those for this connection. */
    void drop(Connection to) {
        @Nullable Deque<Deferred> events = byConnection.remove(to);
        if (events != null) {
            count -= events.size();
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
