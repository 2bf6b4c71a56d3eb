package org.jxenstored.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.EngineTrace.Progress;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** All that waits to be sent to one connection, replies and events in one row (P-ORD-6). */
public final class OutQueue {
    /** An event that may wait for ever. */
    static final long NO_DEADLINE = Long.MAX_VALUE;

    private record Waiting(Message message, @Nullable Ticket ticket, long deadlineMillis) {
        boolean isEvent() {
            return message.isOfType(MessageType.WATCH_EVENT);
        }
    }

    /** Told how the queue grows and shrinks. */
    interface Listener {
        void changedBy(int bytes);

        void sent(Message message, Progress progress);

        void droppedEvent(Message event);
    }

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final WaitingEvents events = new WaitingEvents();
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

    OutQueue(Listener listener) {
        this.listener = listener;
    }

    public boolean isEmpty() {
        return waiting.isEmpty() && rest.isEmpty();
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
        long begun = sentOfFirst > 0 ? waiting.getFirst().message.size() - sentOfFirst : 0;
        return (int) Math.max(owedEnd - position, begun);
    }

    /** Another number than before if bytes that were owed are not any more although they were not sent. */
    public int changesOfOwed() {
        return changesOfOwed;
    }

    /** The last of the bytes that are owed, so many. */
    public Value lastOwed(int size) {
        if (size == 0) {
            return Value.EMPTY;
        }
        Stretch last = new Stretch(position + owedBytes() - size, size);
        if (!rest.isEmpty()) {
            last.copy(rest, position - sentOfRest);
        }
        // Whoever does not read has many events waiting, maybe behind what is owed and maybe before its end.
        if (bytes() - owedBytes() < owedBytes() - size) {
            copyFromTheEnd(last);
        } else {
            copyFromTheBeginning(last);
        }
        return Value.owning(last.bytes.array());
    }

    private void copyFromTheEnd(Stretch last) {
        long start = position + bytes();
        for (Iterator<Waiting> each = waiting.descendingIterator(); each.hasNext() && start > last.from; ) {
            Message message = each.next().message;
            start -= message.size();
            last.copy(message, start);
        }
    }

    private void copyFromTheBeginning(Stretch last) {
        long start = position + rest.size() - sentOfRest - sentOfFirst;
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext() && start < last.to(); ) {
            Message message = each.next().message;
            last.copy(message, start);
            start += message.size();
        }
    }

    /** A part of all that ever was to be sent. */
    private static final class Stretch {
        private final long from;
        private final ByteBuffer bytes;

        Stretch(long from, int size) {
            this.from = from;
            this.bytes = ByteBuffer.allocate(size);
        }

        long to() {
            return from + bytes.capacity();
        }

        /** Copies what belongs to it of a message that starts there. */
        void copy(Message message, long start) {
            int offset = offset(start);
            int length = place(start, message.size(), offset);
            if (length > 0) {
                message.write(bytes, offset, length);
            }
        }

        /** Copies what belongs to it of bytes that start there. */
        void copy(Value value, long start) {
            int offset = offset(start);
            int length = place(start, value.size(), offset);
            if (length > 0) {
                value.copyTo(bytes, offset, length);
            }
        }

        private int offset(long start) {
            return (int) Math.max(0, from - start);
        }

        /** Goes to where the part belongs that begins at this offset; returns how long that part is. */
        private int place(long start, int size, int offset) {
            long at = start + offset;
            int length = (int) (Math.min(start + size, to()) - at);
            if (length > 0) {
                bytes.position((int) (at - from));
            }
            return length;
        }
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
        add(new Waiting(reply, ticket, NO_DEADLINE));
        owedEnd = position + bytes();
    }

    /** Queues an event, unless the same one still waits (S-DUP-1): then nothing, and false. */
    boolean addEvent(Message event, @Nullable Ticket ticket, long deadlineMillis, boolean mayMerge) {
        if (mayMerge && events.contains(event.payload())) {
            return false;
        }
        events.add(event.payload());
        if (ticket != null) {
            ticket.caused();
        }
        add(new Waiting(event, ticket, deadlineMillis));
        return true;
    }

    private void add(Waiting added) {
        waiting.add(added);
        bytes += added.message.size();
        listener.changedBy(added.message.size());
    }

    /** Moves as many bytes as the buffer takes; messages may be split anywhere. */
    public void drainTo(ByteBuffer to) {
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
        while (to.hasRemaining() && !waiting.isEmpty()) {
            Message message = waiting.getFirst().message;
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

    private void finishFirst(Progress progress) {
        Waiting first = waiting.removeFirst();
        sentOfFirst = 0;
        forget(first);
        listener.sent(first.message, progress);
    }

    private void forget(Waiting gone) {
        bytes -= gone.message.size();
        listener.changedBy(-gone.message.size());
        if (gone.isEvent()) {
            events.remove(gone.message.payload());
        }
        if (gone.ticket != null) {
            gone.ticket.done();
        }
    }

    /** Drops events whose time is over and of which nothing was sent yet (S-LOSS-2); they wait in order of time. */
    void dropExpired(long nowMillis) {
        Waiting begun = sentOfFirst > 0 ? waiting.removeFirst() : null;
        long start = position + rest.size() - sentOfRest + (begun == null ? 0 : begun.message.size() - sentOfFirst);
        int owedNoMore = 0;
        Iterator<Waiting> each = waiting.iterator();
        while (each.hasNext()) {
            Waiting next = each.next();
            if (next.deadlineMillis <= nowMillis) {
                each.remove();
                forget(next);
                listener.droppedEvent(next.message);
                owedNoMore += start < owedEnd ? next.message.size() : 0;
            } else if (next.deadlineMillis != NO_DEADLINE) {
                break;
            }
            start += next.message.size();
        }
        if (begun != null) {
            waiting.addFirst(begun);
        }
        if (owedNoMore > 0) {
            owedEnd -= owedNoMore;
            changesOfOwed++;
        }
    }

    /** When the time of the first event that can still be dropped is over, or {@link #NO_DEADLINE}. */
    long nextDeadline() {
        boolean begun = sentOfFirst > 0;
        for (Waiting each : waiting) {
            if (!begun && each.deadlineMillis != NO_DEADLINE) {
                return each.deadlineMillis;
            }
            begun = false;
        }
        return NO_DEADLINE;
    }

    /** Drops everything, half-sent messages too. */
    void clear() {
        sentOfFirst = 0;
        resume(Value.EMPTY);
        changesOfOwed++;
        while (!waiting.isEmpty()) {
            forget(waiting.removeFirst());
        }
    }
}
