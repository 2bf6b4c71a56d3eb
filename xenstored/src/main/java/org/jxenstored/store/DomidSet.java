package org.jxenstored.store;

/**
 * A small summary of a set of domids: it may claim to hold one that it does not, never the reverse.
 *
 * <p>Each subtree carries one, so that a search for all a dead domain left behind skips the subtrees that
 * never heard of it.
 *
 * @param bits bit {@code domid % 64} for each member
 */
record DomidSet(long bits) {
    static final DomidSet EMPTY = new DomidSet(0);

    DomidSet with(int domid) {
        return or(1L << (domid & 63));
    }

    DomidSet or(DomidSet other) {
        return or(other.bits);
    }

    private DomidSet or(long more) {
        return (bits | more) == bits ? this : new DomidSet(bits | more);
    }

    boolean mayHold(int domid) {
        return (bits & (1L << (domid & 63))) != 0;
    }
}
