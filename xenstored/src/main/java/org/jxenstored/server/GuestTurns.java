package org.jxenstored.server;

import java.util.LinkedHashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Guests that are to be served, one after the other: a few in each turn of the event loop, so that others have theirs,
 * however many guests there are and whatever they ask for.
 */
final class GuestTurns {
    /** A guest, behind a ring or a socket. */
    interface Guest {
        /** Does all that can be done for it now. */
        void serveNow();
    }

    private static final Logger log = LoggerFactory.getLogger(GuestTurns.class);

    /** Guests that are served before others have their turn. */
    private static final int GUESTS_PER_TURN = 4;

    /** Or no more of them after so long. */
    private static final long NANOS_PER_TURN = 250_000;

    private final Turns turns;
    private final Share share;

    /** Those to be served in later turns, in this order. */
    private final LinkedHashSet<Guest> waiting = new LinkedHashSet<>();

    private boolean isPlanned;
    private long turn;

    GuestTurns(Turns turns) {
        this.turns = turns;
        this.share = new Share(turns.clock(), GUESTS_PER_TURN, NANOS_PER_TURN);
    }

    /**
     * Serves it at once if few were served in this turn and nobody waits; otherwise when it is its turn.
     *
     * @return true if it was served
     */
    boolean serve(Guest guest) {
        if (turn != turns.number()) {
            turn = turns.number();
            share.begin();
        }
        if (waiting.isEmpty() && share.isLeft()) {
            share.use();
            guest.serveNow();
            return true;
        }
        serveLater(guest);
        return false;
    }

    /** Serves it in a later turn, after those that wait already. */
    void serveLater(Guest guest) {
        waiting.add(guest);
        plan();
    }

    /** It is not to be served any more. */
    void leave(Guest guest) {
        waiting.remove(guest);
    }

    private void plan() {
        if (!isPlanned && !waiting.isEmpty()) {
            isPlanned = true;
            turns.later(this::serveWaiting);
        }
    }

    private void serveWaiting() {
        isPlanned = false;
        share.begin();
        while (share.isLeft() && !waiting.isEmpty()) {
            share.use();
            serveOne(waiting.removeFirst());
        }
        plan();
    }

    /** One that cannot be served does not keep the others from it. */
    private static void serveOne(Guest guest) {
        try {
            guest.serveNow();
        } catch (RuntimeException | Error e) {
            log.error("cannot serve {}", guest, e);
        }
    }
}
