package org.jxenstored.engine;

/** The way to a guest over its ring page. */
public interface RingLink extends Link {
    /** Begins to move bytes for this connection. */
    void start(Connection connection);

    /** Writes the feature word (P-INTRO-7). */
    void announceFeatures(int features);

    /**
     * Maps the page that the domain of this number shares now, and goes on with that mapping if it is the page it
     * had (L-RACE-6). Where it cannot be mapped again, the mapping there is goes on (L-DRV-6).
     *
     * @param gfn frame number from INTRODUCE
     * @return false if it is another page, so another domain's; nothing is changed then
     */
    boolean remap(long gfn);

    /** Binds the guest's port anew; a failure is only logged (P-INTRO-8). */
    void rebind(int remotePort);

    /** Forgets half-read requests and half-written replies, sets all four indexes to 0 and the error word to none. */
    void restart();

    /** Tells a guest that waits with a connection word of 1 that it is served now (P-INTRO-9, S-RING-11). */
    void acknowledgeReconnect();

    /**
     * Tells the kernel of a domain that was there before the server that it is served now: it sends nothing before it
     * is signalled, with or without a connection word of 1 (S-RING-7).
     */
    void announceService();

    /** Tells the kernel of a domain that an earlier daemon served of what that one may not have told any more. */
    void announceReturn();

    /** Writes the error word (S-RING-8). */
    void announceError(int error);

    /** Unbinds the event channel and unmaps the page (L-RING-6). */
    void close();
}
