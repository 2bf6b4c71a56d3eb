package org.jxenstored.benchmarks.daemon;

/** The daemons that are compared. */
public enum Kind {
    /** The daemon in C, from Debian's {@code xen-utils}. */
    C("C"),
    /** oxenstored, from the same package. */
    OCAML("OCaml"),
    /** This project's. */
    JAVA("jxenstored"),
    /** A server that knows nothing and answers every request at once: what the system calls alone cost. */
    ECHO("bare echo");

    private final String title;

    Kind(String title) {
        this.title = title;
    }

    /** As tables show it. */
    public String title() {
        return title;
    }

    /** Whether it is compiled while it runs, and so gets faster with what it has done. */
    public boolean warmsUp() {
        return this == JAVA;
    }

    /** Whether this project's daemon is compared with it. */
    public boolean isPeer() {
        return this == C || this == OCAML;
    }
}
