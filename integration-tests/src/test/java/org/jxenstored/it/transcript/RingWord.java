package org.jxenstored.it.transcript;

/** The words of a ring page by name, with their place (semantics.md 9.1). */
public enum RingWord {
    REQ_CONS(2048),
    REQ_PROD(2052),
    RSP_CONS(2056),
    RSP_PROD(2060),
    FEATURES(2064),
    CONNECTION(2068),
    ERROR(2072),
    EVTCHN_PORT(2076);

    private final int offset;

    RingWord(int offset) {
        this.offset = offset;
    }

    /** Bytes from the start of the page. */
    public int offset() {
        return offset;
    }
}
