package org.jxenstored.it.search;

import org.jxenstored.protocol.MessageType;

/**
 * One thing that is done to the machine. Deeds are data, and what cannot be done at the moment does nothing, so that a
 * script can be played without some of its deeds.
 */
sealed interface Deed {
    /** A client sends a request, in the transaction it has at this place or with 0 outside of all. */
    record Ask(int client, int place, MessageType type, String payload) implements Deed {
        @Override
        public String toString() {
            String where = place == 0 ? "" : " in transaction " + place;
            return "client " + client + where + ": " + type + " " + Expected.show(payload);
        }
    }

    /** A guest takes what came; until the next such deed it sends whole requests, or first only their halves. */
    record Look(int client, boolean halves) implements Deed {}

    /** A socket is closed and opened again. */
    record Reconnect(int client) implements Deed {}

    /** A domain is created and introduced, or introduced again. */
    record Introduce(int domid) implements Deed {}

    /** A domain is destroyed; and taken out of the store by its toolstack, if it does not wait for news. */
    record Destroy(int domid, boolean release) implements Deed {}

    /** At most so many steps are taken. */
    record Steps(int count) implements Deed {}

    /** Time passes, and all that is due is done. */
    record Pass(int millis) implements Deed {}

    /** Everybody gets all answers. */
    record Drain() implements Deed {}

    /** The disk is full, or has room. */
    record Disk(boolean full) implements Deed {}

    /** If the disk is full, a program at a socket writes large values, so many times. */
    record Fill(int count) implements Deed {}

    /**
     * The daemon is killed, and another one starts.
     *
     * @param after how many things it still does; 0 to kill it between two steps
     * @param looked everybody took all that came before
     * @param dies a domain that dies while no daemon runs, or 0
     */
    record Kill(int after, boolean looked, int dies) implements Deed {}
}
