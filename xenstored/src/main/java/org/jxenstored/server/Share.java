package org.jxenstored.server;

/**
 * What somebody gets of the event loop's thread before others have their turn: so much work, counted in pieces, and so
 * much time. The first piece is always granted.
 *
 * <p>Time is bounded too because guests decide what a piece costs: a write to a node that everybody watches takes a
 * thousand times as long as a read.
 */
final class Share {
    private final ServerClock clock;
    private final int pieces;
    private final long nanos;
    private int used;
    private long end;

    /**
     * @param pieces at most so many
     * @param nanos no further piece is begun after so long
     */
    Share(ServerClock clock, int pieces, long nanos) {
        this.clock = clock;
        this.pieces = pieces;
        this.nanos = nanos;
        begin();
    }

    /** So many pieces, however long they take. */
    static Share ofPieces(ServerClock clock, int pieces) {
        return new Share(clock, pieces, Long.MAX_VALUE);
    }

    /** A new turn. */
    void begin() {
        used = 0;
        end = clock.nanos() + nanos;
    }

    /** True if one more piece may be begun in this turn. */
    boolean isLeft() {
        return used == 0 || (used < pieces && clock.nanos() - end < 0);
    }

    /** One piece was done. */
    void use() {
        used++;
    }
}
