package org.jxenstored.client;

/**
 * A watch that is registered at the server.
 *
 * <p>Each registration is an object of its own: two are equal only if they are the same.
 */
public interface Watch extends AutoCloseable {
    /** As given: absolute, relative or special. */
    String path();

    /** As given, or made up by the client; one character for each byte. */
    String token();

    /** Ends the watch. Its events still queued are thrown away and none comes any more. Twice does nothing. */
    @Override
    void close();
}
