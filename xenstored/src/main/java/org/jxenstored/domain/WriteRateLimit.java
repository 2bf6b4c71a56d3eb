package org.jxenstored.domain;

/**
 * Keeps one guest's writes from making everybody's transactions fail (semantics.md section 8).
 *
 * <p>Each domain has a credit that its writes use up and time refills; what a full one cannot take goes into
 * a common reserve that helps those in debt. Amounts are thousandths of a unit.
 */
public final class WriteRateLimit {
    private static final long UNIT = 1000;

    /** Units all domains together get per second (S-WRL-3). */
    private static final long UNITS_PER_SECOND = 200;

    private static final long CREDIT_MAX = 10 * UNIT;
    private static final long RESERVE_MAX = 1000 * UNIT;
    private static final long RESERVE_MIN = -50 * UNIT;
    private static final long RESERVE_MAX_BY_LEAVING = 10 * UNIT;

    private long reserve;
    private int domains;

    /** A domain was introduced and pays from now on (S-WRL-5). */
    public void join(Domain domain, long nowMillis) {
        long first = Math.clamp(reserve - RESERVE_MIN, 0, CREDIT_MAX);
        reserve -= first;
        domains++;
        domain.writeCredit().join(first, nowMillis);
    }

    /** A domain is gone; what it had goes to the others (S-WRL-5). */
    public void leave(Domain domain, long nowMillis) {
        if (!domain.writeCredit().takesPart()) {
            return;
        }
        refill(domain, nowMillis);
        long left = Math.max(domain.writeCredit().milliUnits(), 0);
        reserve = Math.max(reserve, Math.min(reserve + left, RESERVE_MAX_BY_LEAVING));
        domains--;
        domain.writeCredit().leave();
    }

    /** A domain did something that may disturb others' transactions (S-WRL-2). */
    public void charge(Domain domain, int units, long nowMillis) {
        if (domain.writeCredit().takesPart()) {
            refill(domain, nowMillis);
            domain.writeCredit().add(-units * UNIT);
            helpFromReserve(domain);
        }
    }

    /** Milliseconds until the domain's requests may be read again; 0 if it is not in debt (S-WRL-6). */
    public long millisToWait(Domain domain, long nowMillis) {
        if (!domain.writeCredit().takesPart() || domain.writeCredit().milliUnits() >= 0) {
            return 0;
        }
        refill(domain, nowMillis);
        helpFromReserve(domain);
        long debt = -domain.writeCredit().milliUnits();
        return debt <= 0 ? 0 : Math.ceilDiv(debt * domains, UNITS_PER_SECOND);
    }

    private void refill(Domain domain, long nowMillis) {
        WriteCredit credit = domain.writeCredit();
        credit.refill(nowMillis, UNITS_PER_SECOND, Math.max(domains, 1));
        long excess = credit.milliUnits() - CREDIT_MAX;
        if (excess > 0) {
            credit.set(CREDIT_MAX);
            reserve = Math.max(reserve, Math.min(reserve + excess, RESERVE_MAX));
        }
    }

    private void helpFromReserve(Domain domain) {
        long debt = -domain.writeCredit().milliUnits();
        if (debt > 0 && reserve > 0) {
            long help = Math.min(debt, reserve);
            reserve -= help;
            domain.writeCredit().add(help);
        }
    }

    /** For the trace: the common reserve, thousandths of a unit. */
    public long reserveMilliUnits() {
        return reserve;
    }
}
