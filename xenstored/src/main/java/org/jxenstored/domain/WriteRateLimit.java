package org.jxenstored.domain;

import java.util.TreeSet;

/**
 * Keeps one guest's writes from making everybody's transactions fail (semantics.md section 8).
 *
 * <p>Each domain has a credit that its writes use up and time refills; what a full one cannot take goes into
 * a common reserve that helps those in debt. Amounts are millionths of a unit.
 *
 * <p>Implementation note: all domains are given the same, so one clock tells what each got since the beginning, the
 * clock of shares. It runs slower the more domains there are. Domains whose credit still grows stand in the order in which
 * they will be full; all others feed the reserve. So ten thousand idle domains cost nothing.
 */
public final class WriteRateLimit {
    private static final long UNIT = 1_000_000;
    private static final long PER_MILLI_UNIT = UNIT / 1000;

    /** All domains together get 200 units a second (S-WRL-3). */
    private static final long PER_MILLISECOND = 200 * UNIT / 1000;

    private static final long CREDIT_MAX = 10 * UNIT;
    private static final long RESERVE_MAX = 1000 * UNIT;
    private static final long RESERVE_MIN = -50 * UNIT;
    private static final long RESERVE_MAX_BY_LEAVING = 10 * UNIT;

    private final TreeSet<WriteCredit> growing = new TreeSet<>(WriteRateLimit::compareTimeFull);
    private long reserve;
    private long shareClock;
    private long remainder;
    private long settledAtMillis;
    private long lastNumber;
    private int domains;
    private int full;

    /** A domain was introduced and pays from now on (S-WRL-5). */
    public void join(Domain domain, long nowMillis) {
        settle(nowMillis);
        WriteCredit credit = domain.writeCredit();
        long first = Math.clamp(reserve - RESERVE_MIN, 0, CREDIT_MAX);
        reserve -= first;
        domains++;
        credit.takesPart = true;
        credit.number = ++lastNumber;
        place(credit, first);
    }

    /** A domain is gone; what it had goes to the others (S-WRL-5). */
    public void leave(Domain domain, long nowMillis) {
        WriteCredit credit = domain.writeCredit();
        if (!credit.takesPart) {
            return;
        }
        settle(nowMillis);
        long left = Math.max(take(credit), 0);
        reserve = Math.max(reserve, Math.min(reserve + left, RESERVE_MAX_BY_LEAVING));
        domains--;
        credit.takesPart = false;
    }

    /** A domain did something that may disturb others' transactions (S-WRL-2). */
    public void charge(Domain domain, int units, long nowMillis) {
        if (domain.writeCredit().takesPart) {
            settle(nowMillis);
            pay(domain.writeCredit(), units * UNIT);
        }
    }

    /** Milliseconds until the domain's requests may be read again; 0 if it is not in debt (S-WRL-6). */
    public long millisToWait(Domain domain, long nowMillis) {
        WriteCredit credit = domain.writeCredit();
        if (!credit.takesPart || amount(credit) >= 0) {
            return 0;
        }
        settle(nowMillis);
        pay(credit, 0);
        long debt = -amount(credit);
        return debt <= 0 ? 0 : Math.ceilDiv(debt * domains, PER_MILLISECOND);
    }

    /** When the domain is out of debt, on a clock that is the same for all: who has the lower value is so earlier. */
    public long debtFreeAt(Domain domain) {
        return domain.writeCredit().fullAt - CREDIT_MAX;
    }

    private void pay(WriteCredit credit, long price) {
        long left = take(credit) - price;
        long help = Math.clamp(-left, 0, Math.max(reserve, 0));
        reserve -= help;
        place(credit, left + help);
    }

    /** Gives everybody what the time has brought. */
    private void settle(long nowMillis) {
        long elapsed = Math.max(nowMillis - settledAtMillis, 0);
        settledAtMillis = Math.max(nowMillis, settledAtMillis);
        if (domains == 0) {
            return;
        }
        long brought = elapsed * PER_MILLISECOND + remainder;
        remainder = brought % domains;
        long now = shareClock + brought / domains;
        while (!growing.isEmpty() && growing.first().fullAt <= now) {
            WriteCredit next = growing.removeFirst();
            feedReserve(next.fullAt);
            next.isFull = true;
            full++;
        }
        feedReserve(now);
    }

    private void feedReserve(long untilShare) {
        long excess = (untilShare - shareClock) * full;
        reserve = Math.max(reserve, Math.min(reserve + excess, RESERVE_MAX));
        shareClock = untilShare;
    }

    private long amount(WriteCredit credit) {
        return credit.isFull ? CREDIT_MAX : CREDIT_MAX - (credit.fullAt - shareClock);
    }

    private long take(WriteCredit credit) {
        long amount = amount(credit);
        if (credit.isFull) {
            full--;
            credit.isFull = false;
        } else {
            growing.remove(credit);
        }
        return amount;
    }

    private static int compareTimeFull(WriteCredit one, WriteCredit other) {
        int byTime = Long.compare(one.fullAt, other.fullAt);
        return byTime != 0 ? byTime : Long.compare(one.number, other.number);
    }

    private void place(WriteCredit credit, long amount) {
        credit.fullAt = shareClock + CREDIT_MAX - amount;
        growing.add(credit);
    }

    /** For the trace: what a domain had when time was last looked at, thousandths of a unit; negative while in debt. */
    public long creditMilliUnits(Domain domain) {
        WriteCredit credit = domain.writeCredit();
        return credit.takesPart ? Math.floorDiv(amount(credit), PER_MILLI_UNIT) : 0;
    }

    /** For the trace: the common reserve, thousandths of a unit. */
    public long reserveMilliUnits() {
        return Math.floorDiv(reserve, PER_MILLI_UNIT);
    }
}
