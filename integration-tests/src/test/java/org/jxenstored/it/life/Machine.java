package org.jxenstored.it.life;

/** The kinds of machines that lives are played on. */
enum Machine {
    /** Xen 4.21 or later; what is due at once happens in the order of its causes. */
    XEN,

    /** The same, but chance decides which of several programs is next. */
    XEN_SHUFFLED_BY_SEED_5,

    /** Before 4.21: no unique ids, no record of changes, and dying looks like alive. */
    OLDER_XEN;

    boolean hasUniqueIds() {
        return this != OLDER_XEN;
    }

    VirtualTime newTime() {
        return this == XEN_SHUFFLED_BY_SEED_5 ? new VirtualTime(5) : new VirtualTime();
    }
}
