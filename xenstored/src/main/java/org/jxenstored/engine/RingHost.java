package org.jxenstored.engine;

import org.jxenstored.protocol.Errno;

/** Opens rings for the engine. */
@FunctionalInterface
public interface RingHost {
    /** How an attempt ended. */
    sealed interface Attachment {
        /** Mapped and bound; not started. */
        record Attached(RingLink link) implements Attachment {}

        record Refused(Errno errno, String why) implements Attachment {}
    }

    /**
     * Maps a guest's page and binds its event channel.
     *
     * @param gfn frame number from INTRODUCE
     * @param port the guest's port; a port in the page goes first (P-INTRO-6)
     */
    Attachment attach(int domid, long gfn, int port);
}
