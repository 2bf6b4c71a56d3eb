package org.jxenstored.sim.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jxenstored.protocol.Errno;

/** Why the latest commands were refused: an ERROR reply has no room for that. */
final class Failures {
    private static final int KEPT = 16;

    private final Deque<Failure> latest = new ArrayDeque<>();

    /**
     * A refused command.
     *
     * @param words what stood after {@code sim}
     */
    record Failure(List<String> words, Errno errno, String reason) {}

    synchronized void add(Failure failure) {
        if (latest.size() == KEPT) {
            latest.removeFirst();
        }
        latest.addLast(failure);
    }

    /** The last one, of exactly these words unless there are none. */
    synchronized Optional<Failure> last(List<String> words) {
        Iterator<Failure> newestFirst = latest.descendingIterator();
        while (newestFirst.hasNext()) {
            Failure failure = newestFirst.next();
            if (words.isEmpty() || failure.words().equals(words)) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }
}
