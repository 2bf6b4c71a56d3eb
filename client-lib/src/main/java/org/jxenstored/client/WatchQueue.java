package org.jxenstored.client;

import java.time.Duration;
import java.util.Optional;

/**
 * A bounded queue of what watches reported.
 *
 * <p>An event that equals one still queued is merged with it. When the queue is full, the events of the
 * watch that overflowed it are replaced by one {@link Notification.Lost}. So a flood of changes by a hostile
 * guest costs at most the capacity plus one notification for each watch (XSA-349), and it never delays
 * replies: whoever fills the queue does not wait for whoever empties it.
 *
 * <p>May be used by any number of threads; each notification goes to one of them.
 */
public interface WatchQueue extends AutoCloseable {
    /** Number of events a queue keeps if nothing else was asked for. */
    int DEFAULT_CAPACITY = 1024;

    /** Watches a path and all below it, with a token of the client's choice. */
    Watch watch(String path);

    /**
     * Watches a path and what is below it down to a depth.
     *
     * @param depth 0 for the node alone, 1 for it and its children, and so on (S-DEPTH-1)
     * @throws InvalidRequestException if the server knows no depth; see {@link XenstoreClient#features}
     */
    Watch watch(String path, int depth);

    /**
     * Watches a path and all below it, with this token.
     *
     * @param token characters 1..255, one byte each
     * @throws AlreadyExistsException if this connection has a watch of this path and token already
     */
    Watch watchWithToken(String path, String token);

    /** As {@link #watchWithToken(String, String)}, down to a depth. */
    Watch watchWithToken(String path, String token, int depth);

    /** The next notification; waits for it. */
    Notification take() throws InterruptedException;

    /** The next notification if there is one now. */
    Optional<Notification> poll();

    /** The next notification; waits at most this long. */
    Optional<Notification> poll(Duration timeout) throws InterruptedException;

    /** Ends all watches of this queue. Threads that wait get {@link Notification.Closed}. */
    @Override
    void close();
}
