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
        private final @Nullable Ticket ticket;
        private final long deadlineMillis;
        private int count;

        Run(boolean isEvent, @Nullable Ticket ticket, long deadlineMillis) {
            this.isEvent = isEvent;
            this.ticket = ticket;
            this.deadlineMillis = deadlineMillis;
        }

        boolean goesOnWith(boolean withEvent, @Nullable Ticket itsTicket, long itsDeadline) {
            return isEvent == withEvent && ticket == itsTicket && deadlineMillis == itsDeadline;
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
        Run run = runFor(false, ticket, OutQueue.NO_DEADLINE);
        bytes.add(reply.toByteArray(), reply.size());
        run.count++;
    }

    void add(EventDraft event, @Nullable Ticket ticket, long deadlineMillis) {
        // First all that needs memory: without, the daemon goes on, and so must this.
        Run run = runFor(true, ticket, deadlineMillis);
        events.makeRoom();
        long position = bytes.end();
        bytes.add(event.wire(), event.size());
        events.add(event, position);
        run.count++;
    }

    private Run runFor(boolean isEvent, @Nullable Ticket ticket, long deadlineMillis) {
        Run last = runs.peekLast();
        if (last != null && last.goesOnWith(isEvent, ticket, deadlineMillis)) {
            return last;
        }
        Run fresh = new Run(isEvent, ticket, deadlineMillis);
        runs.addLast(fresh);
        return fresh;
    }

    /** True if the same event is among them. */
    boolean has(EventDraft event) {
        return events.contains(event);
    }

    /** The first one, which is not here any more then. */
    Waiting take() {
        Run run = runOfFirst();
        return new Waiting(bytes.take(), run.ticket, run.deadlineMillis);
    }

    /** Bytes of the first one. */
    int firstSize() {
        return bytes.firstSize();
    }

    /** Drops the first one: it was sent. */
    void dropFirst() {
        Run run = runOfFirst();
        bytes.dropFirst();
        if (run.ticket != null) {
            run.ticket.done();
        }
    }

    /** The run of the first message, which from now on is neither counted nor found. */
    private Run runOfFirst() {
        Run run = firstRun();
        if (run.isEvent) {
            events.remove(bytes.start());
        }
        run.count--;
        if (run.count == 0) {
            runs.removeFirst();
        }
        return run;
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
