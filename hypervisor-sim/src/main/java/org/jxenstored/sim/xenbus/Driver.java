package org.jxenstored.sim.xenbus;

import org.jxenstored.hypervisor.HypervisorException;

/** A part of a kernel that follows some nodes of the store. */
@FunctionalInterface
public interface Driver {
    /**
     * Starts, at boot: registers its watches, whose first events are its first look at the nodes.
     *
     * @throws HypervisorException if Xen refuses what it needs; the kernel panics then
     */
    void start(Xenbus xenbus) throws HypervisorException;
}
