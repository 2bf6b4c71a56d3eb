package org.jxenstored.store;

/** The store's one counter of changes (S-GEN-1). Only equality and order of its values mean something. */
public final class Generations {
    private long current;

    /** The number of the latest change. */
    public long current() {
        return current;
    }

    /** From now on numbers are larger than this one: what was handed out before a restart comes never again. */
    public void raiseTo(long generation) {
        current = Math.max(current, generation);
    }

    /** A new number for a new change. */
    public long next() {
        return ++current;
    }
}
