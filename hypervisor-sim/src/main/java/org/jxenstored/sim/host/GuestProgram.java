package org.jxenstored.sim.host;

/** What runs inside a domain. Called without the host's lock. */
public interface GuestProgram {
    /**
     * The domain runs for the first time: its creation is finished. Once more after a soft reset (L-SUSP-9). Must
     * not block.
     */
    void start();

    /**
     * The domain is paused for good, or is reset: once this returns, nothing of the program may touch its memory any
     * more.
     */
    void stop();
}
