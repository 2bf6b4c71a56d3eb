package org.jxenstored.sim.host;

/**
 * One of the reasons why a domain's object cannot be freed (lifecycle.md 10).
 *
 * @param kind what keeps it
 * @param domid the other domain that is part of it, or 0 where there is none
 */
public record Reference(Kind kind, int domid) {
    /** Nobody destroyed the domain yet. */
    static final Reference TOOLSTACK = new Reference(Kind.TOOLSTACK, 0);

    /** It still has pages. */
    static final Reference MEMORY = new Reference(Kind.MEMORY, 0);

    static final Reference VIRQ_HANDLER = new Reference(Kind.VIRQ_HANDLER, 0);

    /** What keeps a domain. */
    public enum Kind {
        /** The initial reference, which a destruction drops at its end. */
        TOOLSTACK("toolstack"),
        /** At least one page is left: its own, or one that others map, each of which is listed too. */
        MEMORY("pages"),
        GRANT_MAP("grant mapped by domain %d"),
        FOREIGN_MAP("frame mapped by domain %d"),
        IOREQ_MAP("IOREQ page mapped by domain %d"),
        OWN_MAP("page mapped by a process of domain %d itself"),
        /** A device model's domain that has this one as its target keeps it until it is freed itself. */
        TARGET("target of domain %d"),
        /** Emulates devices for that domain, until that one is destroyed. */
        EMULATOR("device model of domain %d"),
        VIRQ_HANDLER("handler of VIRQ_DOM_EXC");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** False for what a destruction itself takes away. */
    boolean outlivesDestruction() {
        return kind != Kind.TOOLSTACK && kind != Kind.MEMORY;
    }

    /** Written out, as is {@link #hashCode}: what the JDK makes of a record is made anew at each start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Reference that && kind == that.kind && domid == that.domid;
    }

    @Override
    public int hashCode() {
        return kind.hashCode() * 31 + domid;
    }

    @Override
    public String toString() {
        return kind.words.replace("%d", Integer.toString(domid));
    }
}
