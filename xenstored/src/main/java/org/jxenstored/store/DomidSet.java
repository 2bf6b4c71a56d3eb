package org.jxenstored.store;

/**
 * A small summary of a set of domids in a {@code long}: it may claim to hold one that it does not, never the reverse.
 *
 * <p>Each subtree carries one, so that a search for all a dead domain left behind skips the subtrees that
 * never heard of it. Bit {@code domid % 64} stands for each member, so the union of two is their {@code |}.
 */
final class DomidSet {
    static final long EMPTY = 0;

    private DomidSet() {}

    /** The summary of a set with this one member. */
    static long of(int domid) {
        return 1L << (domid & 63);
    }

    static boolean mayHold(long set, int domid) {
        return (set & of(domid)) != 0;
    }

    /** True if all members of {@code some} are in {@code all}. */
    static boolean includes(long all, long some) {
        return (some & ~all) == 0;
    }
}
