package org.jxenstored.engine;

/**
 * The ids that one daemon gives to transactions: its epoch above a count. So an id tells whether it is an earlier
 * daemon's, whose guests may still use it.
 *
 * @param epoch how often the store was taken over before this daemon began
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
