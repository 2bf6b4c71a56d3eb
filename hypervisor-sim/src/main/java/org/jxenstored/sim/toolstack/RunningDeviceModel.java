package org.jxenstored.sim.toolstack;

import org.jxenstored.hypervisor.HypervisorException;

/** A device model that serves a guest. */
@FunctionalInterface
interface RunningDeviceModel {
    /** Ends it, and the domain it runs in if it has one of its own. */
    void stop() throws ToolstackException, HypervisorException;
}
