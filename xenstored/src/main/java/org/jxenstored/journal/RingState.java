package org.jxenstored.journal;

import org.jxenstored.protocol.Value;

/** A ring as its connection sees it at the moment when what it did is to be remembered. */
public interface RingState {
    int domid();

    /** Index of the first byte of requests that was not taken off. */
    int requests();

    /** Index of the first byte of responses that was not put. */
    int responses();

    /** True if requests were taken off or served since this was last remembered, or the connection began anew. */
    boolean hasMoved();

    /** True if bytes are kept that were taken off and not served. */
    boolean hasInput();

    /** What must be sent behind what was put; {@link Value#EMPTY} if nothing. */
    Value owed();

    /** All of it. */
    RingImage image(long number, Value owed);
}
