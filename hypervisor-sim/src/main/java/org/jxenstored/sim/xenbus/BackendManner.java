package org.jxenstored.sim.xenbus;

/** How something that maps pages of guests behaves when it should let go of them (lifecycle.md 13). */
public enum BackendManner {
    /** Unmaps as soon as its guest is gone or a toolstack asks. */
    GOOD,
    /** Ignores whatever happens once it has mapped: its guests stay zombies as long as it lives (L-DRV-1). */
    STUCK
}
