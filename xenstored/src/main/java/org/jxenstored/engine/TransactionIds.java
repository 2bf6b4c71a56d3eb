package org.jxenstored.engine;

/**
 * The ids that one daemon gives to transactions: the low byte of its epoch, above a count. So an id tells whether it is
 * the earlier daemon's, whose guests may still use it.
 *
 * @param epoch with another low byte than the daemon before; 0 for the first
 */
record TransactionIds(int epoch) {
    private static final int COUNT_BITS = 24;
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

    /** The one behind this one; never 0. */
    int after(int id) {
        int next = epoch << COUNT_BITS | (id + 1 & COUNT_MASK);
        return next == 0 ? 1 : next;
    }

    /** True if another daemon gave it, or may have. */
    boolean areNotOf(int id) {
        return id >>> COUNT_BITS != (epoch << COUNT_BITS) >>> COUNT_BITS;
    }
}
