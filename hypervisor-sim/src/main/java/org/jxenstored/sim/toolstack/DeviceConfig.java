package org.jxenstored.sim.toolstack;

import org.jxenstored.sim.xenbus.DeviceType;

/**
 * A device that a guest is to have.
 *
 * @param backend name or domid of the domain that serves it
 */
public record DeviceConfig(DeviceType type, String backend) {
    /** Served by dom0, as usual. */
    public static final String DOM0 = "0";
}
