package org.jxenstored.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Message;

/**
 * The messages of a queue that wait behind its first ones, as bytes: somebody who does not read may leave a hundred
 * thousand, and as objects they would keep the garbage collector busy.
 */
final class Backlog {
    /** Messages in a row that have the same ticket and deadline. */
    private static final class Run {
        private final boolean isEvent;

        /** True if the same one is looked for. */
        private final boolean isIndexed;

        private final @Nullable Ticket ticket;
        private final long deadlineMillis;
        private int count;

        Run(boolean isEvent, boolean isIndexed, @Nullable Ticket ticket, long deadlineMillis) {
            this.isEvent = isEvent;
            this.isIndexed = isIndexed;
            this.ticket = ticket;
            this.deadlineMillis = deadlineMillis;
        }

        boolean goesOnWith(boolean event, boolean indexed, @Nullable Ticket itsTicket, long itsDeadline) {
            return isEvent == event && isIndexed == indexed && ticket == itsTicket && deadlineMillis == itsDeadline;
        }
    }

    private final WaitingBytes bytes;
    private final EventIndex events;
    private final Deque<Run> runs = new ArrayDeque<>();

    Backlog(Chunks chunks, PayloadHash hash) {
        bytes = new WaitingBytes(chunks);
        events = new EventIndex(bytes, hash);
    }

    boolean isEmpty() {
        return bytes.isEmpty();
    }

    /** In bytes. */
    long size() {
        return bytes.size();
    }

    void add(Message reply, @Nullable Ticket ticket) {
        Run run = runFor(false, false, ticket, OutQueue.NO_DEADLINE);
        bytes.add(reply.toByteArray(), reply.size());
        run.count++;
    }

    /** @param mayMerge true if another one like it may be left out while it waits ({@link #has}) */
    void add(EventDraft event, @Nullable Ticket ticket, long deadlineMillis, boolean mayMerge) {
        // First all that needs memory: without, the daemon goes on, and so must this.
        Run run = runFor(true, mayMerge, ticket, deadlineMillis);
        events.makeRoom();
        long position = bytes.end();
        bytes.add(event.wire(), event.size());
        if (mayMerge) {
            events.add(event, position);
        }
        run.count++;
    }

    private Run runFor(boolean isEvent, boolean isIndexed, @Nullable Ticket ticket, long deadlineMillis) {
        Run last = runs.peekLast();
        if (last != null && last.goesOnWith(isEvent, isIndexed, ticket, deadlineMillis)) {
            return last;
        }
        Run fresh = new Run(isEvent, isIndexed, ticket, deadlineMillis);
        runs.addLast(fresh);
        return fresh;
    }

    /** True if the same event is among them, and may stand for both. */
    boolean has(EventDraft event) {
        return events.contains(event);
    }

    /** The first one, which is not here any more then. */
    Waiting take() {
        // The same: first what needs memory.
        Run run = firstRun();
        Waiting first = new Waiting(bytes.first(), run.ticket, run.deadlineMillis);
        remove(run);
        return first;
    }

    /** Bytes of the first one. */
    int firstSize() {
        return bytes.firstSize();
    }

    /** Drops the first one: it was sent. */
    void dropFirst() {
        Run run = firstRun();
        remove(run);
        if (run.ticket != null) {
            run.ticket.done();
        }
    }

    /** The first message, which is of this run. */
    private void remove(Run run) {
        if (run.isIndexed) {
            events.remove(bytes.start());
        }
        bytes.dropFirst();
        run.count--;
        if (run.count == 0) {
            runs.removeFirst();
        }
    }

    /** One of no messages was made for one for which there was no memory. */
    private Run firstRun() {
        while (runs.getFirst().count == 0) {
            runs.removeFirst();
        }
        return runs.getFirst();
    }

    /** Of the first event, or {@link OutQueue#NO_DEADLINE}. */
    long firstEventDeadline() {
        for (Run run : runs) {
            if (run.isEvent && run.count > 0) {
                return run.deadlineMillis;
            }
        }
        return OutQueue.NO_DEADLINE;
    }

    /** Copies {@code length} of their bytes, from {@code offset} on, to the buffer's position. */
    void write(ByteBuffer to, int offset, int length) {
        bytes.write(to, offset, length);
    }

    /** Drops all of them. */
    void clear() {
        for (Run run : runs) {
            for (int i = 0; run.ticket != null && i < run.count; i++) {
                run.ticket.done();
            }
        }
        runs.clear();
        events.clear();
        bytes.clear();
    }
}
