package org.jxenstored.domain;

/** What one domain may still write before it has to wait, in thousandths of a unit (semantics.md section 8). */
public final class WriteCredit {
    private long credit;
    private long refilledAtMillis;
    private long remainder;
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

    /**
     * Adds what the time since the last call brings; what the division leaves over counts the next time.
     *
     * @param milliUnitsPerMilli for all together
     * @param shares among how many that is divided
     */
    void refill(long nowMillis, long milliUnitsPerMilli, long shares) {
        long brought = (nowMillis - refilledAtMillis) * milliUnitsPerMilli + remainder;
        refilledAtMillis = nowMillis;
        credit += brought / shares;
        remainder = brought % shares;
    }
}
