package org.jxenstored.benchmarks.differential;

/** Who sends requests: toolstacks on sockets, and two guests on rings. */
enum Who {
    S0("s0", 0),
    S1("s1", 0),
    S2("s2", 0),
    G1("g1", 1),
    G2("g2", 2);

    private final String word;
    private final int domid;

    Who(String word, int domid) {
        this.word = word;
        this.domid = domid;
    }

    /** 0 for who is on a socket. */
    int domid() {
        return domid;
    }

    boolean isGuest() {
        return domid != 0;
    }

    String word() {
        return word;
    }

    /** The path that is meant when this one says it (P-PATH-5 to 7). */
    String absolute(String path) {
        return path.startsWith("/") || path.startsWith("@") ? path : "/local/domain/" + domid + "/" + path;
    }

    static Who of(String word) {
        for (Who who : values()) {
            if (who.word.equals(word)) {
                return who;
            }
        }
        throw new IllegalArgumentException("nobody is called '" + word + "': it is s0, s1, s2, g1 or g2");
    }
}
