package org.jxenstored.benchmarks.hostile;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;

/** What the hostile guests did, and what came back; counted by many threads. */
final class Tally {
    private final AtomicLongArray taken = new AtomicLongArray(Route.values().length);

    private final AtomicLong replies = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong events = new AtomicLong();

    void took(Route route) {
        taken.incrementAndGet(route.ordinal());
    }

    void reply(boolean error) {
        replies.incrementAndGet();
        if (error) {
            errors.incrementAndGet();
        }
    }

    void event() {
        events.incrementAndGet();
    }

    /** As in {@code replies=12 errors=3 events=4 FILL=5 ...}, on one line. */
    @Override
    public String toString() {
        return "replies=" + replies + " errors=" + errors + " events=" + events + " "
                + Arrays.stream(Route.values())
                        .map(route -> route + "=" + taken.get(route.ordinal()))
                        .collect(Collectors.joining(" "));
    }
}
