package org.jxenstored.sim.toolstack;

/** Where the device model of an HVM guest runs. */
public enum DeviceModelKind {
    /** A process in dom0. */
    IN_DOM0,
    /** A small domain of its own that has the guest as its target. */
    STUB_DOMAIN
}
