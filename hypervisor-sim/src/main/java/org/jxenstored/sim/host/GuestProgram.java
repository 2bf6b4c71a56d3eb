package org.jxenstored.sim.host;

/** What runs inside a domain. Called without the host's lock; must not block. */
public interface GuestProgram {
    /** The domain runs for the first time: its creation is finished. */
    void start();

    /** The domain is torn down: its memory and its ports are gone. */
    void stop();
}
