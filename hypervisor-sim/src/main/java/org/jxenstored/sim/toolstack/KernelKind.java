package org.jxenstored.sim.toolstack;

/** What runs in a guest. */
public enum KernelKind {
    /** A kernel with frontends for all devices of the guest. */
    ORDINARY,
    /** The same, and it serves devices of others. */
    DRIVER_DOMAIN,
    /** The same, but it never lets go of what it mapped (lifecycle.md 13). */
    STUCK_DRIVER_DOMAIN,
    /** Holds the ring open for programs that look in from outside; has no drivers and obeys nothing. */
    BARE;

    /** True if it may serve devices. */
    public boolean servesDevices() {
        return this == DRIVER_DOMAIN || this == STUCK_DRIVER_DOMAIN;
    }
}
