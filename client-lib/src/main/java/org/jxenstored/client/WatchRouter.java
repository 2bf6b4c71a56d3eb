package org.jxenstored.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * Which watches of a client get an event: those with its token whose path covers it.
 *
 * <p>An event for a watch that has ended finds nobody, so nothing comes after unwatch although the server
 * may still send it (P-UNW-5).
 */
final class WatchRouter {
    private final Session session;

    /**
     * Held while a watch becomes known or unknown here and its request gets its place in the order of all requests: so
     * both orders are the same. Taken before the monitor, which guards the rest and is never held while waiting.
     */
    private final ReentrantLock order = new ReentrantLock();

    /** In the order of registration, so that they are registered again in that order. */
    private final Map<String, List<RegisteredWatch>> byToken = new LinkedHashMap<>();

    /** In the order in which they were made, so that a loss is always told in the same order. */
    private final Set<BoundedWatchQueue> queues = new LinkedHashSet<>();

    private long lastToken;

    WatchRouter(Session session) {
        this.session = session;
    }

    BoundedWatchQueue queue(int capacity) {
        BoundedWatchQueue queue = new BoundedWatchQueue(this, capacity);
        synchronized (this) {
            queues.add(queue);
        }
        // The session may have ended before the queue was known.
        String reason = session.reasonOfEnd();
        if (reason != null) {
            queue.end(new Notification.ConnectionBroken(new ConnectionLostException(reason)));
        }
        return queue;
    }

    synchronized String newToken() {
        lastToken++;
        return "jx-" + lastToken;
    }

    /** Routes first and asks then: the first event comes right behind the reply (P-ORD-5). */
    void register(RegisteredWatch watch) {
        Value payload = watch.payload();
        PendingReply request;
        order.lock();
        try {
            synchronized (this) {
                byToken.computeIfAbsent(watch.token(), token -> new ArrayList<>(1))
                        .add(watch);
            }
            request = session.enqueue(MessageType.WATCH, 0, payload);
            watch.registeredBy(request);
        } finally {
            order.unlock();
        }
        session.flush();
        try {
            new Sent(request, MessageType.WATCH, watch.path()).payload();
        } catch (InterruptedRequestException interrupt) {
            // The server may have it by now.
            unregister(watch);
            throw interrupt;
        } catch (RuntimeException failure) {
            forget(watch);
            throw failure;
        }
    }

    /** Does not wait: what is sent later is served later, and late events find nobody. */
    void unregister(RegisteredWatch watch) {
        order.lock();
        try {
            if (forget(watch)) {
                session.enqueue(MessageType.UNWATCH, 0, Payloads.watch(watch.path(), watch.token(), -1));
            }
        } finally {
            order.unlock();
        }
        session.flush();
    }

    /**
     * Registers on a new connection what was confirmed on the one before, after telling the queues; what was not
     * confirmed yet still has its own request.
     *
     * @throws ConnectionLostException if this connection is gone as well
     */
    void restore(Connection connection, Gap gap) {
        List<RegisteredWatch> confirmed = new ArrayList<>();
        List<BoundedWatchQueue> all;
        order.lock();
        try {
            synchronized (this) {
                byToken.values()
                        .forEach(same -> same.stream()
                                .filter(RegisteredWatch::isConfirmed)
                                .forEach(confirmed::add));
                all = List.copyOf(queues);
            }
        } finally {
            order.unlock();
        }
        all.forEach(queue -> queue.reconnected(gap));
        List<Sent> requests = new ArrayList<>(confirmed.size());
        for (RegisteredWatch watch : confirmed) {
            requests.add(new Sent(
                    connection.enqueue(MessageType.WATCH, 0, watch.payload()), MessageType.WATCH, watch.path()));
        }
        connection.flush();
        for (int i = 0; i < requests.size(); i++) {
            try {
                requests.get(i).payload();
            } catch (RequestFailedException refusal) {
                forget(confirmed.get(i));
                confirmed.get(i).queue().refused(confirmed.get(i), refusal);
            }
        }
    }

    /** False if it was not known any more. */
    private synchronized boolean forget(RegisteredWatch watch) {
        List<RegisteredWatch> same = byToken.get(watch.token());
        if (same == null || !same.remove(watch)) {
            return false;
        }
        if (same.isEmpty()) {
            byToken.remove(watch.token());
        }
        return true;
    }

    synchronized void forget(BoundedWatchQueue queue) {
        queues.remove(queue);
    }

    /** Ends the watches whose requests went out before this one; those registered meanwhile stay. */
    void resetWatches() {
        List<RegisteredWatch> ended = new ArrayList<>();
        PendingReply request;
        order.lock();
        try {
            synchronized (this) {
                byToken.values().forEach(ended::addAll);
            }
            request = session.enqueue(MessageType.RESET_WATCHES, 0, Payloads.ONE_NUL);
        } finally {
            order.unlock();
        }
        session.flush();
        new Sent(request, MessageType.RESET_WATCHES, "").payload();
        for (RegisteredWatch watch : ended) {
            forget(watch);
            watch.queue().purge(watch);
        }
    }

    /** Called by the reader with the payload of a WATCH_EVENT. */
    void deliver(Value event) {
        List<String> arguments = Arguments.all(event);
        if (arguments.size() < 2) {
            return;
        }
        String path = arguments.get(0);
        List<RegisteredWatch> same;
        synchronized (this) {
            same = List.copyOf(byToken.getOrDefault(arguments.get(1), List.of()));
        }
        for (RegisteredWatch watch : same) {
            if (watch.covers(path)) {
                watch.queue().offer(watch, path);
            }
        }
    }

    void end(String reason) {
        List<BoundedWatchQueue> all;
        synchronized (this) {
            all = List.copyOf(queues);
            byToken.clear();
        }
        for (BoundedWatchQueue queue : all) {
            queue.end(new Notification.ConnectionBroken(new ConnectionLostException(reason)));
        }
    }
}
