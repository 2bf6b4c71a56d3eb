package org.jxenstored.engine;

import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.DeferredEvents.Deferred;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.watch.Watch;

/**
 * Puts events into queues, or drops those that may not go in (semantics.md 4.3).
 *
 * <p>Guests can make a change be told to thousands of watches, and everybody would wait for that. So the first events of a
 * request go into queues at once and the others, if they are for guests, bit by bit between the requests that follow. Nobody
 * can tell by what it reads: a guest's events keep their order, and what it asks is served when it has all events from
 * before.
 */
final class EventDelivery {
    private static final long ROUND_MILLIS = 1000;

    /** Put into one queue before the next one has its turn. */
    private static final int SLICE = 16;

    /** Put off for one connection, at most so many; the first has to go into the queue then. */
    static final int DEFERRED_MAX = 512;

    /** While more are put off for all together, no guest's request is served. */
    static final int DEFERRED_OF_ALL_MAX = 32_768;

    /** No more than these are put off for all together, whoever caused them; for one more, another is put into its queue. */
    static final int DEFERRED_EVER_MAX = 65_536;

    private final EngineTrace trace;
    private final EngineClock clock;
    private final Deadlines deadlines;
    private final long timeoutMillis;
    private final int queueBytesMax;
    private final int eventsAtOnce;
    private final DeferredEvents deferred = new DeferredEvents();
    private final EventDraft draft = new EventDraft();
    private final Chunks chunks = new Chunks();
    private PayloadHash hash = PayloadHash.FORESEEN;
    private @Nullable Ticket cause;
    private @Nullable Connection caller;
    private int putAtOnce;

    EventDelivery(EngineTrace trace, EngineClock clock, Deadlines deadlines, EngineConfig config) {
        this.trace = trace;
        this.clock = clock;
        this.deadlines = deadlines;
        this.timeoutMillis = config.watchEventTimeoutSeconds() * 1000L;
        this.queueBytesMax = config.socketQueueBytes();
        this.eventsAtOnce = config.eventsAtOnce();
    }

    EngineTrace trace() {
        return trace;
    }

    OutQueue newQueue(OutQueue.Listener listener) {
        return new OutQueue(listener, chunks, hash);
    }

    /** From now on new queues find their events by this hash. */
    void hashBy(PayloadHash secret) {
        hash = secret;
    }

    /**
     * Events from now on are caused by a request of this connection, whose queue gets all that was put off, and counted on
     * the ticket; null for no guest's request.
     */
    void begin(Connection by, @Nullable Ticket ticket) {
        putAll(by);
        putAtOnce = 0;
        caller = by;
        cause = ticket;
    }

    /** The request is served. */
    void end() {
        caller = null;
        cause = null;
    }

    /** Runs something whose events are counted on no request. */
    void withoutCause(Runnable work) {
        @Nullable Ticket suspended = cause;
        cause = null;
        try {
            work.run();
        } finally {
            cause = suspended;
        }
    }

    void deliver(Connection to, Watch watch, String eventPath) {
        if (!to.isLimited() || to.equals(caller)) {
            put(to, watch, eventPath, cause);
            return;
        }
        int before = deferred.count(to);
        if (before == 0 && putAtOnce < eventsAtOnce) {
            putAtOnce++;
            put(to, watch, eventPath, cause);
            return;
        }
        if (before == DEFERRED_MAX) {
            putFirst(to);
        } else if (deferred.count() >= DEFERRED_EVER_MAX) {
            putFirst(deferred.next());
        }
        deferred.add(to, new Deferred(watch, eventPath, cause));
    }

    /** True if events wait for {@link #putSome}. */
    boolean isBehind() {
        return !deferred.isEmpty();
    }

    /** True if guests have to wait until some were put. */
    boolean isFarBehind() {
        return deferred.count() > DEFERRED_OF_ALL_MAX;
    }

    /** Puts some events into the queue of the next connection, if any were put off. */
    void putSome() {
        if (isBehind()) {
            Connection to = deferred.next();
            boolean more = true;
            for (int i = 0; i < SLICE && more; i++) {
                more = putFirst(to);
            }
        }
    }

    /** Puts all for this connection into its queue that were put off. */
    void putAll(Connection to) {
        boolean more = isBehind();
        while (more) {
            more = putFirst(to);
        }
    }

    private boolean putFirst(Connection to) {
        @Nullable Deferred event = deferred.take(to);
        if (event == null) {
            return false;
        }
        try {
            put(to, event.watch(), event.path(), event.ticket());
        } finally {
            deferred.done(event);
        }
        return true;
    }

    /** The connection begins anew, or ends: what was put off is not for it any more. */
    void drop(Connection to) {
        deferred.drop(to);
    }

    private void put(Connection to, Watch watch, String eventPath, @Nullable Ticket ticket) {
        String shown = watch.relative()
                ? watch.shown(eventPath, NodePath.homeOf(to.domain().domid()))
                : eventPath;
        send(to, watch, shown, ticket);
    }

    /** The event that follows the registration, with the path as it was given (P-WATCH-8); counted on nobody. */
    void deliverFirst(Connection to, Watch watch, String given) {
        send(to, watch, given, null);
    }

    private void send(Connection to, Watch watch, String path, @Nullable Ticket ticket) {
        if (to.isIgnored() || to.isClosed()) {
            return;
        }
        if (!draft.show(path, watch.token())) {
            trace.note(() -> "event too long for " + to + ": " + path);
            return;
        }
        if (to.isLimited() && isOver(to, draft.size())) {
            trace.note(() -> "event dropped, memory quota of " + to.domain() + ": " + path);
            return;
        }
        boolean special = watch.path() instanceof SpecialPath;
        long deadline = deadline(to);
        boolean first = to.output().isEmpty();
        if (!to.output().addEvent(draft, ticket, deadline, !special)) {
            trace.note(() -> "event merged: " + path + " " + watch.token() + " for " + to.domain());
            return;
        }
        if (deadline != OutQueue.NO_DEADLINE) {
            deadlines.add(deadline, to);
        }
        if (!to.isLimited() && to.output().bytes() > queueBytesMax) {
            to.link().cutOff("it left more than " + queueBytesMax + " bytes unread (socket queue limit)");
        }
        if (first) {
            to.link().wake();
        }
    }

    private static boolean isOver(Connection to, int more) {
        return to.domain()
                .quotas()
                .isOver(QuotaName.MEMORY, to.domain().gauge(QuotaName.MEMORY).value() + more);
    }

    private long deadline(Connection to) {
        if (timeoutMillis == 0 || !to.isLimited()) {
            return OutQueue.NO_DEADLINE;
        }
        // Whole seconds, so that a long queue is looked through once a second and not once a millisecond.
        return Math.ceilDiv(clock.millis() + timeoutMillis, ROUND_MILLIS) * ROUND_MILLIS;
    }
}
