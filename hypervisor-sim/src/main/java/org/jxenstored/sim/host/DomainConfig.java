package org.jxenstored.sim.host;

import org.jxenstored.protocol.Domid;

/**
 * What a toolstack asks for when it creates a domain.
 *
 * @param domid the id it must have, or {@link Domid#ANY} for the next free one
 * @param type how the guest is virtualised
 * @param vcpus virtual CPUs, at least 1; all but the first are offline until the guest starts them
 * @param memoryMib memory in MiB
 * @param xenstore true for a domain that runs the store instead of dom0 (L-RING-5)
 */
public record DomainConfig(int domid, DomainType type, int vcpus, int memoryMib, boolean xenstore) {
    /** PVH, one virtual CPU, 128 MiB, any domid. */
    public static final DomainConfig SMALL = new DomainConfig(Domid.ANY, DomainType.PVH, 1, 128);

    /** Largest memory, MiB: 1 TiB. */
    public static final int MEMORY_MIB_MAX = 1 << 20;

    public DomainConfig {
        if (vcpus < 1 || memoryMib < 1 || memoryMib > MEMORY_MIB_MAX) {
            throw new IllegalArgumentException(
                    "a domain needs at least one CPU, and 1 to " + MEMORY_MIB_MAX + " MiB of memory");
        }
    }

    /** An ordinary domain. */
    public DomainConfig(int domid, DomainType type, int vcpus, int memoryMib) {
        this(domid, type, vcpus, memoryMib, false);
    }

    public DomainConfig withDomid(int wanted) {
        return new DomainConfig(wanted, type, vcpus, memoryMib, xenstore);
    }

    public DomainConfig withType(DomainType wanted) {
        return new DomainConfig(domid, wanted, vcpus, memoryMib, xenstore);
    }

    public DomainConfig withVcpus(int wanted) {
        return new DomainConfig(domid, type, wanted, memoryMib, xenstore);
    }

    public DomainConfig withMemoryMib(int wanted) {
        return new DomainConfig(domid, type, vcpus, wanted, xenstore);
    }

    /** The same with the right to run the store; there can be one such domain besides dom0. */
    public DomainConfig withXenstore() {
        return new DomainConfig(domid, type, vcpus, memoryMib, true);
    }
}
