package org.jxenstored.engine;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

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

        Run(Waiting first) {
            isEvent = first.isEvent();
            ticket = first.ticket();
            deadlineMillis = first.deadlineMillis();
        }

        boolean goesOnWith(Waiting next) {
            return isEvent == next.isEvent() && ticket == next.ticket() && deadlineMillis == next.deadlineMillis();
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

    void add(Waiting added) {
        // First all that needs memory: without, the daemon goes on, and so must this.
        Run run = runFor(added);
        if (added.isEvent()) {
            events.makeRoom();
        }
        long position = bytes.end();
        bytes.add(added.message());
        if (added.isEvent()) {
            events.add(added.message().payload(), position);
        }
        run.count++;
    }

    private Run runFor(Waiting added) {
        Run last = runs.peekLast();
        if (last != null && last.goesOnWith(added)) {
            return last;
        }
        Run fresh = new Run(added);
        runs.addLast(fresh);
        return fresh;
    }

    /** True if an event with this payload is among them. */
    boolean hasEvent(Value payload) {
        return events.contains(payload);
    }

    /** The first one, which is not here any more then. */
    Waiting take() {
        Run first = firstRun();
        long position = bytes.start();
        Message message = bytes.take();
        if (first.isEvent) {
            events.remove(message.payload(), position);
        }
        first.count--;
        if (first.count == 0) {
            runs.removeFirst();
        }
        return new Waiting(message, first.ticket, first.deadlineMillis);
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
