package org.jxenstored.engine;

import org.jxenstored.domain.Quotas;
import org.jxenstored.protocol.Domid;

/**
 * What the engine is told once, at its start.
 *
 * @param storeDomid the domain the daemon runs in; sockets act as it (P-CALL-3)
 * @param privDomid the privileged domain (P-CALL-1)
 * @param quotas the global values, copied by each domain when it becomes known (S-QUOTA-3)
 * @param watchEventTimeoutSeconds how long an event may wait in a guest's queue, 0 for ever (S-LOSS-2)
 * @param keepOrphans true to give a dead domain's nodes to the privileged domain (S-DEATH-7)
 * @param socketQueueBytes most bytes that may wait for one socket client; a client that reads less is cut off
 * @param eventsAtOnce so many events of one request are put into guests' queues before it is answered, the others after
 */
public record EngineConfig(
        int storeDomid,
        int privDomid,
        Quotas quotas,
        int watchEventTimeoutSeconds,
        boolean keepOrphans,
        int socketQueueBytes,
        int eventsAtOnce) {
    public static final int DEFAULT_WATCH_EVENT_TIMEOUT_SECONDS = 20;
    public static final int DEFAULT_SOCKET_QUEUE_BYTES = 64 << 20;

    public static final int DEFAULT_EVENTS_AT_ONCE = 128;

    /** An ordinary host: the store runs in dom0, which is privileged. */
    public static final EngineConfig DEFAULT = new EngineConfig(
            Domid.DOM0,
            Domid.DOM0,
            Quotas.DEFAULTS,
            DEFAULT_WATCH_EVENT_TIMEOUT_SECONDS,
            false,
            DEFAULT_SOCKET_QUEUE_BYTES,
            DEFAULT_EVENTS_AT_ONCE);

    /** The same but for {@link #eventsAtOnce}. */
    public EngineConfig withEventsAtOnce(int count) {
        return new EngineConfig(
                storeDomid, privDomid, quotas, watchEventTimeoutSeconds, keepOrphans, socketQueueBytes, count);
    }
}
