package org.jxenstored.benchmarks.hostile;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What the hostile guests did, and what came back; counted by many threads. */
final class Tally {
    private final Map<Route, AtomicLong> taken = new ConcurrentHashMap<>();

    private final AtomicLong replies = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong events = new AtomicLong();

    void took(Route route) {
        taken.computeIfAbsent(route, _ -> new AtomicLong()).incrementAndGet();
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
                        .map(route -> route + "=" + taken.getOrDefault(route, new AtomicLong()))
                        .collect(Collectors.joining(" "));
    }
}
