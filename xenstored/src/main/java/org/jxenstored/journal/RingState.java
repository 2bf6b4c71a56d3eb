package org.jxenstored.journal;

import org.jxenstored.protocol.Value;

/**
 * A ring as its connection sees it at the moment when what it did is to be remembered.
 *
 * <p>Input and output are stretches of two streams, told by where they end: input ends where {@link #requests} is, and what is
 * owed begins where {@link #responses} is. So of what was remembered before only the new end has to be added.
 */
public interface RingState {
    int domid();

    /** Index of the first byte of requests that was not taken off. */
    int requests();

    /** Index of the first byte of responses that was not put. */
    int responses();

    /** Bytes that were taken off and not served. */
    int inputBytes();

    /** The last of them, so many. */
    Value lastInput(int size);

    /** Bytes that must be sent behind what was put. */
    int owedBytes();

    /** The last of them, so many. */
    Value lastOwed(int size);

    /** Another number than before if bytes that were owed are not any more although they were not put. */
    int changesOfOwed();

    /** True if the guest broke the protocol and is not served until it begins anew. */
    boolean isIgnored();

    /** All of it. */
    RingImage image(long number);

    /** What was told last is remembered now: the guest may see it. */
    void remembered();
}
