package org.jxenstored.hypervisor;

import java.util.Set;

/**
 * What the hypervisor tells of one existing domain.
 *
 * @param domid its id
 * @param uniqueId non-zero and never repeated until the host reboots (L-ID-2), or {@link #NO_UNIQUE_ID} where
 *     the hypervisor has none
 * @param life how far its destruction has come
 * @param shutdown true when a shutdown is complete (L-SHUT-5)
 * @param shutdownCode why it shut down (lifecycle.md 4), {@link #NO_SHUTDOWN_CODE} if not latched
 * @param capabilities what the domain is allowed to be for the host
 */
public record DomainState(
        int domid, long uniqueId, Life life, boolean shutdown, int shutdownCode, Set<Capability> capabilities) {
    public static final long NO_UNIQUE_ID = 0;
    public static final int NO_SHUTDOWN_CODE = 255;

    /** Never goes back (lifecycle.md 2). */
    public enum Life {
        ALIVE,
        /** Being torn down. Hypervisors without get_domain_state show ALIVE here. */
        DYING,
        /** Tear-down is complete; it may stay in the list as a zombie (L-REF-1). */
        DEAD
    }

    /** Roles (lifecycle.md 8.1). */
    public enum Capability {
        CONTROL,
        HARDWARE,
        XENSTORE
    }

    public boolean isDead() {
        return life == Life.DEAD;
    }

    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }
}
