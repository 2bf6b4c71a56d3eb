package org.jxenstored.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * Which watches of a connection get an event: those with its token whose path covers it.
 *
 * <p>An event for a watch that has ended finds nobody, so nothing comes after unwatch although the server
 * may still send it (P-UNW-5).
 */
final class WatchRouter {
    private final Connection connection;
    private final Map<String, List<RegisteredWatch>> byToken = new HashMap<>();

    /** In the order in which they were made, so that a loss is always told in the same order. */
    private final Set<BoundedWatchQueue> queues = new LinkedHashSet<>();

    private long lastToken;

    WatchRouter(Connection connection) {
        this.connection = connection;
    }

    BoundedWatchQueue queue(int capacity) {
        BoundedWatchQueue queue = new BoundedWatchQueue(this, capacity);
        synchronized (this) {
            queues.add(queue);
        }
        // The connection may have gone before the queue was known.
        String reason = connection.reasonOfLoss();
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
    void register(RegisteredWatch watch, int depth) {
        Value payload = Payloads.watch(watch.path(), watch.token(), depth);
        synchronized (this) {
            byToken.computeIfAbsent(watch.token(), token -> new ArrayList<>(1)).add(watch);
        }
        try {
            send(MessageType.WATCH, watch.path(), payload).payload();
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
        if (forget(watch)) {
            send(MessageType.UNWATCH, watch.path(), Payloads.watch(watch.path(), watch.token(), -1));
        }
    }

    private Sent send(MessageType type, String path, Value payload) {
        return new Sent(connection.send(type, 0, payload), type, path);
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

    void resetWatches(NodeRequests requests) {
        List<RegisteredWatch> ended = new ArrayList<>();
        synchronized (this) {
            byToken.values().forEach(ended::addAll);
        }
        requests.send(MessageType.RESET_WATCHES, "", Payloads.ONE_NUL).payload();
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

    void connectionLost(String reason) {
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
