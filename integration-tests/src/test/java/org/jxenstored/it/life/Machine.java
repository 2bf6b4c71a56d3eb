package org.jxenstored.it.life;

/** The kinds of machines that lives are played on. */
public enum Machine {
    /** Xen 4.21 or later; what is due at once happens in the order of its causes. */
    XEN,

    /**
     * The same, but chance decides which of several programs is next; {@code -Djxenstored.life.seed=N} lets it decide
     * otherwise.
     */
    XEN_SHUFFLED,

    /** Before 4.21: no unique ids, no record of changes, and dying looks like alive. */
    OLDER_XEN;

    private static final long SEED = Long.getLong("jxenstored.life.seed", 5);

    boolean hasUniqueIds() {
        return this != OLDER_XEN;
    }

    VirtualTime newTime() {
        return this == XEN_SHUFFLED ? new VirtualTime(SEED) : new VirtualTime();
    }

    @Override
    public String toString() {
        return this == XEN_SHUFFLED ? name() + " with seed " + SEED : name();
    }
}
