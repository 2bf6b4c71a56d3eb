package org.jxenstored.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.EngineTrace.Progress;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** All that waits to be sent to one connection, replies and events in one row (P-ORD-6). */
public final class OutQueue {
    /** An event that may wait for ever. */
    static final long NO_DEADLINE = Long.MAX_VALUE;

    /** Up to so many are kept as they are; whoever reads never has more waiting. */
    private static final int FIRST = 8;

    /** Told how the queue grows and shrinks. */
    interface Listener {
        void changedBy(long bytes);

        /** Some of it is sent now, if anything waits. */
        void sends();

        void sent(Message message, Progress progress);

        void droppedEvent(Message event);

        /** False if {@link #sent} need not be called for what waits behind the first messages. */
        boolean wantsMessages();
    }

    /** A row of bytes of which any part can be had. */
    @FunctionalInterface
    private interface Source {
        /** Puts so many bytes, from the offset on, at the buffer's position. */
        void write(ByteBuffer to, int offset, int length);
    }

    private final Deque<Waiting> first = new ArrayDeque<>();
    private final Backlog backlog;
    private final Listener listener;
    private Value rest = Value.EMPTY;
    private int sentOfRest;
    private int sentOfFirst;
    private long bytes;

    /** Where the next byte to be sent stands in all that ever was to be sent. */
    private long position;

    /** Where what is owed ends, counted in the same way; a message of which a part was sent aside. */
    private long owedEnd;

    private int changesOfOwed;

    OutQueue(Listener listener, Chunks chunks, PayloadHash hash) {
        this.listener = listener;
        this.backlog = new Backlog(chunks, hash);
    }

    public boolean isEmpty() {
        return first.isEmpty() && backlog.isEmpty() && rest.isEmpty();
    }

    /** Goes on with what an earlier daemon had begun to send, before everything else. */
    void resume(Value bytesLeft) {
        rest = bytesLeft;
        sentOfRest = 0;
        owedEnd = position + bytesLeft.size();
    }

    /**
     * How many bytes must be sent even if the daemon ends: the rest of a message, and all up to the last reply. They are
     * the first of what is to be sent.
     */
    public int owedBytes() {
        long begun = sentOfFirst > 0 ? firstSize() - sentOfFirst : 0;
        return (int) Math.max(owedEnd - position, begun);
    }

    private int firstSize() {
        return first.isEmpty() ? backlog.firstSize() : first.getFirst().size();
    }

    /** Another number than before if bytes that were owed are not any more although they were not sent. */
    public int changesOfOwed() {
        return changesOfOwed;
    }

    /** The last of the bytes that are owed, so many. */
    public Value lastOwed(int size) {
        ByteBuffer last = ByteBuffer.allocate(size);
        int skipped = owedBytes() - size;
        int sent = sentOfRest;
        skipped =
                copy((to, offset, length) -> rest.copyTo(to, sent + offset, length), rest.size() - sent, skipped, last);
        int sentOfThis = sentOfFirst;
        for (Waiting each : first) {
            skipped = copy(from(each.message(), sentOfThis), each.size() - sentOfThis, skipped, last);
            sentOfThis = 0;
        }
        int sentOfBacklog = sentOfThis;
        int _ = copy(
                (to, offset, length) -> backlog.write(to, sentOfBacklog + offset, length),
                backlog.size() - sentOfBacklog,
                skipped,
                last);
        return Value.owning(last.array());
    }

    private static Source from(Message message, int sent) {
        return (to, offset, length) -> message.write(to, sent + offset, length);
    }

    /** Fills the buffer with what is there behind the bytes to skip; returns how many are still to be skipped then. */
    private static int copy(Source from, long size, int skipped, ByteBuffer to) {
        if (skipped >= size) {
            return (int) (skipped - size);
        }
        from.write(to, skipped, (int) Math.min(size - skipped, to.remaining()));
        return 0;
    }

    /** Bytes still to be sent. */
    public long bytes() {
        return bytes - sentOfFirst + rest.size() - sentOfRest;
    }

    /** Bytes as the memory quota counts them: a message counts until it is sent as a whole. */
    long bookedBytes() {
        return bytes;
    }

    void addReply(Message reply, @Nullable Ticket ticket) {
        if (fitsFirst()) {
            first.addLast(new Waiting(reply, ticket, NO_DEADLINE));
        } else {
            backlog.add(reply, ticket);
        }
        count(reply.size());
        owedEnd = position + bytes();
    }

    /**
     * Queues an event, unless the same one still waits (S-DUP-1): then nothing, and false.
     *
     * @param mayMerge false if it is always queued; the same for all events that are alike
     */
    boolean addEvent(EventDraft event, @Nullable Ticket ticket, long deadlineMillis, boolean mayMerge) {
        if (mayMerge && isWaiting(event)) {
            return false;
        }
        if (ticket != null) {
            ticket.caused();
        }
        if (fitsFirst()) {
            first.addLast(new Waiting(event.message(), ticket, deadlineMillis));
        } else {
            backlog.add(event, ticket, deadlineMillis, mayMerge);
        }
        count(event.size());
        return true;
    }

    private boolean isWaiting(EventDraft event) {
        for (Waiting each : first) {
            if (each.isEvent() && event.isPayload(each.message().payload())) {
                return true;
            }
        }
        return backlog.has(event);
    }

    private boolean fitsFirst() {
        return backlog.isEmpty() && first.size() < FIRST;
    }

    private void count(int size) {
        bytes += size;
        listener.changedBy(size);
    }

    /** Moves as many bytes as the buffer takes; messages may be split anywhere. */
    public void drainTo(ByteBuffer to) {
        listener.sends();
        int before = to.position();
        drainAll(to);
        position += to.position() - before;
    }

    private void drainAll(ByteBuffer to) {
        if (!rest.isEmpty()) {
            int part = Math.min(rest.size() - sentOfRest, to.remaining());
            rest.copyTo(to, sentOfRest, part);
            sentOfRest += part;
            if (sentOfRest == rest.size()) {
                rest = Value.EMPTY;
                sentOfRest = 0;
            }
        }
        while (to.hasRemaining() && hasFirst(to)) {
            Message message = first.getFirst().message();
            int left = message.size() - sentOfFirst;
            if (sentOfFirst == 0 && left <= to.remaining()) {
                message.write(to);
                finishFirst(Progress.WHOLE);
            } else {
                int part = Math.min(left, to.remaining());
                message.write(to, sentOfFirst, part);
                if (sentOfFirst == 0) {
                    listener.sent(message, Progress.FIRST_PART);
                }
                sentOfFirst += part;
                if (part == left) {
                    finishFirst(Progress.LAST_PART);
                }
            }
        }
    }

    /** What waits as bytes goes on as bytes, without an object, unless somebody wants to see it. */
    private boolean hasFirst(ByteBuffer to) {
        if (first.isEmpty() && !listener.wantsMessages()) {
            drainBacklog(to);
        } else if (first.isEmpty() && !backlog.isEmpty()) {
            first.addLast(backlog.take());
        }
        return !first.isEmpty();
    }

    private void drainBacklog(ByteBuffer to) {
        while (to.hasRemaining() && !backlog.isEmpty()) {
            int size = backlog.firstSize();
            int part = Math.min(size - sentOfFirst, to.remaining());
            backlog.write(to, sentOfFirst, part);
            sentOfFirst += part;
            if (sentOfFirst == size) {
                sentOfFirst = 0;
                backlog.dropFirst();
                count(-size);
            }
        }
    }

    private void finishFirst(Progress progress) {
        Waiting sent = first.removeFirst();
        sentOfFirst = 0;
        forget(sent);
        listener.sent(sent.message(), progress);
    }

    private void forget(Waiting gone) {
        bytes -= gone.size();
        listener.changedBy(-gone.size());
        if (gone.ticket() != null) {
            gone.ticket().done();
        }
    }

    /** Drops events whose time is over and of which nothing was sent yet (S-LOSS-2); they wait in order of time. */
    void dropExpired(long nowMillis) {
        if (nextDeadline() > nowMillis) {
            return;
        }
        Deque<Waiting> kept = new ArrayDeque<>();
        long start = position + rest.size() - sentOfRest - sentOfFirst;
        int owedNoMore = 0;
        // What is kept of the backlog are replies: there are a few at most, nobody is served who leaves many unread.
        while (!first.isEmpty() || backlog.firstEventDeadline() <= nowMillis) {
            Waiting next = first.isEmpty() ? backlog.take() : first.removeFirst();
            boolean begun = kept.isEmpty() && sentOfFirst > 0;
            if (next.deadlineMillis() <= nowMillis && !begun) {
                forget(next);
                listener.droppedEvent(next.message());
                owedNoMore += start < owedEnd ? next.size() : 0;
            } else {
                kept.addLast(next);
            }
            start += next.size();
        }
        first.addAll(kept);
        if (owedNoMore > 0) {
            owedEnd -= owedNoMore;
            changesOfOwed++;
        }
    }

    /** When the time of the first event that can still be dropped is over, or {@link #NO_DEADLINE}. */
    long nextDeadline() {
        boolean begun = sentOfFirst > 0;
        for (Waiting each : first) {
            if (!begun && each.deadlineMillis() != NO_DEADLINE) {
                return each.deadlineMillis();
            }
            begun = false;
        }
        return backlog.firstEventDeadline();
    }

    /** Drops everything, half-sent messages too. */
    void clear() {
        sentOfFirst = 0;
        resume(Value.EMPTY);
        changesOfOwed++;
        while (!first.isEmpty()) {
            forget(first.removeFirst());
        }
        bytes -= backlog.size();
        listener.changedBy(-backlog.size());
        backlog.clear();
    }
}
