package org.jxenstored.hypervisor;

/**
 * The ring between the daemon and its own domain's kernel.
 *
 * @param domid the daemon's own domain
 * @param remotePort the kernel's event channel port, to be bound like a guest's
 * @param ring the page
 */
public record OwnRing(int domid, int remotePort, MappedRing ring) {}
