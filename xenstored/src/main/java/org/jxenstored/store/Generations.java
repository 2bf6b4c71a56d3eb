package org.jxenstored.store;

/** The store's one counter of changes (S-GEN-1). Only equality and order of its values mean something. */
public final class Generations {
    private long current;

    /** The number of the latest change. */
    public long current() {
        return current;
    }

    /** A new number for a new change. */
    public long next() {
        return ++current;
    }
}
