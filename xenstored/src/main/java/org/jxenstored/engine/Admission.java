package org.jxenstored.engine;

import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.WriteRateLimit;
import org.jxenstored.protocol.MessageType;

/** Decides whether a guest's next request is served now or has to wait (S-QUOTA-8, S-QUOTA-9, S-WRL-6). */
final class Admission {
    private final Connections connections;
    private final WriteRateLimit rateLimit;
    private final Indebted indebted;
    private final EngineClock clock;
    private final EngineTrace trace;
    private final EventDelivery delivery;

    Admission(
            Connections connections,
            WriteRateLimit rateLimit,
            Indebted indebted,
            EngineClock clock,
            EventDelivery delivery) {
        this.connections = connections;
        this.rateLimit = rateLimit;
        this.indebted = indebted;
        this.clock = clock;
        this.trace = delivery.trace();
        this.delivery = delivery;
    }

    boolean admits(Connection connection, int type) {
        if (!connection.isLimited()) {
            return true;
        }
        if (delivery.isFarBehind()) {
            connections.holdBack(connection);
            return false;
        }
        String quota = exhaustedQuota(connection.domain(), type);
        if (!quota.isEmpty()) {
            connections.holdBack(connection);
            trace.note(() -> "input of " + connection + " held back: " + quota);
            return false;
        }
        return !isInDebt(connection);
    }

    /** Which quota keeps the domain from being served; empty if none. */
    private String exhaustedQuota(Domain domain, int type) {
        if (domain.hasTooManyOutstanding()) {
            return QuotaName.OUTSTANDING.wireName();
        }
        if (domain.isOverHardMemory() && !freesMemory(type)) {
            domain.warnings().stalled(domain, clock.millis()).ifPresent(trace::warn);
            return QuotaName.MEMORY.wireName();
        }
        return "";
    }

    private boolean isInDebt(Connection connection) {
        Domain domain = connection.domain();
        long now = clock.millis();
        if (rateLimit.millisToWait(domain, now) == 0) {
            return false;
        }
        if (indebted.add(connection, now)) {
            domain.warnings().rateLimited(domain, now).ifPresent(trace::warn);
            trace.note(() -> "input of " + connection + " held back: write rate");
        }
        return true;
    }

    /** Requests that may end a stall by memory get through (S-QUOTA-9). */
    private static boolean freesMemory(int type) {
        return type == MessageType.TRANSACTION_END.number()
                || type == MessageType.UNWATCH.number()
                || type == MessageType.RM.number()
                || type == MessageType.RESET_WATCHES.number();
    }

    /** Lets those go on whose obstacle is gone; each asks again with its next request. */
    void letWaitingGo() {
        indebted.letGo(clock.millis());
        if (!connections.anyHeldBack() || delivery.isFarBehind()) {
            return;
        }
        for (Connection connection : connections.heldBack()) {
            Domain domain = connection.domain();
            if (!domain.hasTooManyOutstanding() && !domain.isOverHardMemory()) {
                connections.letGo(connection);
                connection.link().resume();
            }
        }
    }

    /** When {@link #letWaitingGo} has something to do at the latest, or {@link OutQueue#NO_DEADLINE}. */
    long nextDeadline() {
        return indebted.nextDeadline();
    }

    /** Tells operators what changed for this domain since its last request. */
    void report(Domain domain) {
        if (!domain.isExempt()) {
            long now = clock.millis();
            domain.warnings().memory(domain, now).ifPresent(trace::warn);
            domain.warnings().unlimited(domain, now).ifPresent(trace::warn);
        }
    }

    /** A guest changed nodes while others have transactions open (S-WRL-2). */
    void chargeWrite(Connection connection, int nodesMoreOrLess, int othersTransactions) {
        Domain domain = connection.domain();
        if (othersTransactions > 0 && domain.writeCredit().takesPart()) {
            rateLimit.charge(domain, nodesMoreOrLess + 1, clock.millis());
            trace.charged(domain.domid(), rateLimit.creditMilliUnits(domain), rateLimit.reserveMilliUnits());
        }
    }
}
