package org.jxenstored.engine;

/** The way to a connection's other end, as the engine needs it. The engine never waits for it. */
public interface Link {
    /** There is output in the connection's queue. */
    void wake();

    /** Input that was held back may be read again. */
    void resume();

    /** The connection ends now; the reason is for the log. */
    void cutOff(String reason);

    /** Short name of the other end for people, such as {@code socket 3} or {@code ring of domain 5}. */
    String describe();
}
