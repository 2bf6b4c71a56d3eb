package org.jxenstored.domain;

/** What one domain may still write before it has to wait, in thousandths of a unit (semantics.md section 8). */
public final class WriteCredit {
    private long credit;
    private long refilledAtMillis;
    private boolean takesPart;

    /** Thousandths of a unit; negative while in debt. */
    public long milliUnits() {
        return credit;
    }

    /** False for domains that never pay, and before the first introduction. */
    public boolean takesPart() {
        return takesPart;
    }

    void join(long first, long nowMillis) {
        credit = first;
        refilledAtMillis = nowMillis;
        takesPart = true;
    }

    void leave() {
        takesPart = false;
    }

    void add(long milliUnits) {
        credit += milliUnits;
    }

    void set(long milliUnits) {
        credit = milliUnits;
    }

    /** Whole milliseconds since the last call. */
    long elapsed(long nowMillis) {
        long elapsed = nowMillis - refilledAtMillis;
        refilledAtMillis = nowMillis;
        return elapsed;
    }
}
