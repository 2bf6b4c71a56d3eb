package org.jxenstored.benchmarks.load;

import java.io.IOException;

/** Told of each message that came in on a connection. */
public interface Receiver {
    /**
     * A request was answered, as it must be.
     *
     * @param due when it was to be sent, {@link System#nanoTime}
     * @param now when its reply was here
     */
    void replied(Wire wire, Request request, long due, long now, Reply reply) throws IOException;

    /** A watch fired. */
    default void event(Wire wire, long now, Reply event) throws IOException {
        throw new WrongReplyException("an event nobody asked for: " + event);
    }
}
