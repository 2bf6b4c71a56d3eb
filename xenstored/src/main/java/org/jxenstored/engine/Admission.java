package org.jxenstored.engine;

import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.WriteRateLimit;
import org.jxenstored.protocol.MessageType;

/** Decides whether a guest's next request is served now or has to wait (S-QUOTA-8, S-QUOTA-9, S-WRL-6). */
final class Admission {
    private final Connections connections;
    private final WriteRateLimit rateLimit;
    private final Deadlines deadlines;
    private final EngineClock clock;
    private final EngineTrace trace;

    Admission(
            Connections connections,
            WriteRateLimit rateLimit,
            Deadlines deadlines,
            EngineClock clock,
            EngineTrace trace) {
        this.connections = connections;
        this.rateLimit = rateLimit;
        this.deadlines = deadlines;
        this.clock = clock;
        this.trace = trace;
    }

    boolean admits(Connection connection, int type) {
        if (!connection.isLimited()) {
            return true;
        }
        String obstacle = obstacle(connection, type);
        if (obstacle.isEmpty()) {
            return true;
        }
        connections.holdBack(connection);
        trace.note("input of " + connection + " held back: " + obstacle);
        return false;
    }

    /** What keeps the domain from being served; empty if nothing. */
    private String obstacle(Connection connection, int type) {
        Domain domain = connection.domain();
        if (domain.hasTooManyOutstanding()) {
            return QuotaName.OUTSTANDING.wireName();
        }
        if (domain.isOverHardMemory() && !freesMemory(type)) {
            domain.warnings().stalled(domain, clock.millis()).ifPresent(trace::warn);
            return QuotaName.MEMORY.wireName();
        }
        long wait = rateLimit.millisToWait(domain, clock.millis());
        if (wait > 0) {
            domain.warnings().rateLimited(domain, clock.millis()).ifPresent(trace::warn);
            deadlines.add(clock.millis() + wait, connection);
            return "write rate";
        }
        return "";
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
        if (!connections.anyHeldBack()) {
            return;
        }
        for (Connection connection : connections.heldBack()) {
            Domain domain = connection.domain();
            long wait = rateLimit.millisToWait(domain, clock.millis());
            if (wait > 0) {
                deadlines.add(clock.millis() + wait, connection);
            } else if (!domain.hasTooManyOutstanding() && !domain.isOverHardMemory()) {
                connections.letGo(connection);
                connection.link().resume();
            }
        }
    }

    /** Tells operators what changed for this domain since its last request. */
    void report(Domain domain) {
        if (!domain.isExempt()) {
            domain.warnings().memory(domain, clock.millis()).ifPresent(trace::warn);
            domain.warnings().unlimited(domain, clock.millis()).ifPresent(trace::warn);
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
