package org.jxenstored.engine;

import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;

/** A guest's request until its reply and all events it caused are on their way (S-QUOTA-8). */
final class Ticket {
    private final Domain domain;
    private int open = 1;

    /** Counts as outstanding from now on, for the reply. */
    Ticket(Domain domain) {
        this.domain = domain;
        domain.gauge(QuotaName.OUTSTANDING).add(1);
    }

    /** An event was queued because of the request. */
    void caused() {
        open++;
    }

    /** The reply or one event was written or dropped. */
    void done() {
        if (--open == 0) {
            domain.gauge(QuotaName.OUTSTANDING).add(-1);
        }
    }
}
