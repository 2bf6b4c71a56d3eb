package org.jxenstored.it.life;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jxenstored.it.life.Step.Kind;

/** Which steps were taken: all of them in one number, the latest in words. */
final class StepLog {
    private static final int KEPT = 40;
    private static final long FACTOR = 0x100000001b3L;

    private record Taken(long millis, Step step) {}

    private final Deque<Taken> latest = new ArrayDeque<>();
    private final Map<Long, String> threads = new HashMap<>();
    private long count;
    private long hash = 0xcbf29ce484222325L;

    void took(long millis, Step step) {
        count++;
        mix(millis);
        mix(step.kind().name().hashCode());
        mix(step.number());
        if (latest.size() == KEPT) {
            latest.remove();
        }
        latest.add(new Taken(millis, step));
    }

    private void mix(long value) {
        hash = (hash ^ value) * FACTOR;
        hash ^= hash >>> 29;
    }

    /** The step that is being taken belongs to a thread of this name. */
    void name(String thread) {
        Taken now = latest.peekLast();
        if (now != null) {
            threads.put(now.step().number(), thread);
        }
    }

    long count() {
        return count;
    }

    /** Two runs that took the same steps have the same number; others most likely not. */
    long hash() {
        return hash;
    }

    /** The latest steps, one a line, for the message of a failure. */
    String latest() {
        StringBuilder lines = new StringBuilder();
        for (Taken taken : latest) {
            lines.append("\n  ").append(taken.millis()).append(" ms: ").append(taken.step());
            if (taken.step().kind() == Kind.THREAD) {
                lines.append(' ').append(threads.getOrDefault(taken.step().number(), "(inside a library)"));
            }
        }
        return lines.toString();
    }
}
