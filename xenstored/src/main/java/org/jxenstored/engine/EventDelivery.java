package org.jxenstored.engine;

import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.watch.Watch;

/** Puts events into queues, or drops those that may not go in (semantics.md 4.3). */
final class EventDelivery {
    private static final long ROUND_MILLIS = 1000;

    private final EngineTrace trace;
    private final EngineClock clock;
    private final Deadlines deadlines;
    private final long timeoutMillis;
    private final int queueBytesMax;
    private final EventMessages events = new EventMessages();
    private final Chunks chunks = new Chunks();
    private PayloadHash hash = PayloadHash.FORESEEN;
    private @Nullable Ticket cause;

    EventDelivery(EngineTrace trace, EngineClock clock, Deadlines deadlines, EngineConfig config) {
        this.trace = trace;
        this.clock = clock;
        this.deadlines = deadlines;
        this.timeoutMillis = config.watchEventTimeoutSeconds() * 1000L;
        this.queueBytesMax = config.socketQueueBytes();
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

    /** Events from now on are counted on this request; null for none. */
    void causedBy(@Nullable Ticket ticket) {
        cause = ticket;
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
        String shown = watch.relative()
                ? watch.shown(eventPath, NodePath.homeOf(to.domain().domid()))
                : eventPath;
        send(to, watch, shown, cause);
    }

    /** The event that follows the registration, with the path as it was given (P-WATCH-8); counted on nobody. */
    void deliverFirst(Connection to, Watch watch, String given) {
        send(to, watch, given, null);
    }

    private void send(Connection to, Watch watch, String path, @Nullable Ticket ticket) {
        if (to.isIgnored() || to.isClosed()) {
            return;
        }
        Message event = events.of(path, watch.token());
        if (event.payload().size() > Limits.PAYLOAD_MAX) {
            trace.note(() -> "event too long for " + to + ": " + path);
            return;
        }
        if (to.isLimited() && isOver(to, event.size())) {
            trace.note(() -> "event dropped, memory quota of " + to.domain() + ": " + path);
            return;
        }
        boolean special = watch.path() instanceof SpecialPath;
        long deadline = deadline(to);
        boolean first = to.output().isEmpty();
        if (!to.output().addEvent(event, ticket, deadline, !special)) {
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
