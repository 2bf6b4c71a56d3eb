package org.jxenstored.sim.host;

/** How a guest is virtualised. */
public enum DomainType {
    /** Paravirtual: the kernel was changed for Xen. */
    PV,
    /** Hardware virtual machine without emulated devices. */
    PVH,
    /** Hardware virtual machine with a device model. */
    HVM
}
