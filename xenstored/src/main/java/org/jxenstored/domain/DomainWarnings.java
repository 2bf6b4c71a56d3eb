package org.jxenstored.domain;

import java.util.Optional;

/**
 * Decides what an operator is told of one domain's quotas, and how often: a guest must not be able to fill a
 * log (S-QUOTA-2, S-WRL-7).
 */
public final class DomainWarnings {
    private static final long BETWEEN_MILLIS = 10_000;
    private static final long UNLIMITED_AGAIN_MILLIS = 120_000;
    private static final long NEVER = Long.MIN_VALUE;

    private boolean overSoftMemory;
    private long saidAtMillis = NEVER;
    private long stalledSaidAtMillis = NEVER;
    private long ignoredSaidAtMillis = NEVER;
    private long cutOffSaidAtMillis = NEVER;
    private boolean everLimited;
    private boolean limited;
    private long limitedAtMillis;

    /** Looks at the memory use; returns what is to be said about it now. */
    public Optional<String> memory(Domain domain, long nowMillis) {
        long used = domain.gauge(QuotaName.MEMORY).value();
        boolean over = domain.quotas().isOver(QuotaName.SOFT_MEMORY, used);
        if (over == overSoftMemory || !isTime(saidAtMillis, nowMillis)) {
            return Optional.empty();
        }
        overSoftMemory = over;
        saidAtMillis = nowMillis;
        long quota = domain.quotas().get(QuotaName.SOFT_MEMORY);
        return Optional.of(domain + " uses " + used + " bytes of store memory, "
                + (over ? "more than" : "again less than") + " its soft quota of " + quota
                + " (quota soft-memory)");
    }

    /** The domain's requests wait because of the hard memory quota; returns what is to be said now. */
    public Optional<String> stalled(Domain domain, long nowMillis) {
        if (!isTime(stalledSaidAtMillis, nowMillis)) {
            return Optional.empty();
        }
        stalledSaidAtMillis = nowMillis;
        return Optional.of(domain + " is not served: it uses "
                + domain.gauge(QuotaName.MEMORY).value() + " bytes of store memory, its hard quota is "
                + domain.quotas().get(QuotaName.MEMORY) + " (quota memory)");
    }

    /** The domain has to wait because of the write rate; returns what is to be said now. */
    public Optional<String> rateLimited(Domain domain, long nowMillis) {
        limitedAtMillis = nowMillis;
        if (limited) {
            return Optional.empty();
        }
        limited = true;
        String again = everLimited ? " again" : "";
        everLimited = true;
        return Optional.of(
                domain + " writes so much while others have transactions open that it is slowed down" + again);
    }

    /** Looks whether the domain has long not been slowed down; returns what is to be said now. */
    public Optional<String> unlimited(Domain domain, long nowMillis) {
        if (!limited || nowMillis - limitedAtMillis < UNLIMITED_AGAIN_MILLIS) {
            return Optional.empty();
        }
        limited = false;
        return Optional.of(domain + " is no longer slowed down");
    }

    /** The domain broke the protocol, which it can do again and again by reconnecting; true if it is to be said now. */
    public boolean ignored(long nowMillis) {
        boolean say = isTime(ignoredSaidAtMillis, nowMillis);
        if (say) {
            ignoredSaidAtMillis = nowMillis;
        }
        return say;
    }

    /** A client of it was cut off, which can connect again and again; true if it is to be said now. */
    public boolean cutOff(long nowMillis) {
        boolean say = isTime(cutOffSaidAtMillis, nowMillis);
        if (say) {
            cutOffSaidAtMillis = nowMillis;
        }
        return say;
    }

    private static boolean isTime(long last, long now) {
        return last == NEVER || now - last >= BETWEEN_MILLIS;
    }
}
