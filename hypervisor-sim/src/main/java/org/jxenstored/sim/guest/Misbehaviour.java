package org.jxenstored.sim.guest;

/** What a bad guest does, for tests and demonstrations. */
public enum Misbehaviour {
    /** Never reads {@code control/shutdown}: it can only be destroyed. */
    IGNORES_SHUTDOWN,
    /** Panics before it has done anything. */
    CRASHES_AT_BOOT,
    /** Ends in a triple fault, which an HVM or PVH guest survives by a reboot. */
    TRIPLE_FAULTS
}
