package org.jxenstored.sim.host;

import org.jxenstored.protocol.Domid;

/**
 * What a toolstack asks for when it creates a domain.
 *
 * @param domid the id it must have, or {@link Domid#ANY} for the next free one
 * @param type how the guest is virtualised
 * @param vcpus virtual CPUs, at least 1; all but the first are offline until the guest starts them
 * @param memoryMib memory in MiB
 */
public record DomainConfig(int domid, DomainType type, int vcpus, int memoryMib) {
    /** PVH, one virtual CPU, 128 MiB, any domid. */
    public static final DomainConfig SMALL = new DomainConfig(Domid.ANY, DomainType.PVH, 1, 128);

    public DomainConfig {
        if (vcpus < 1 || memoryMib < 1) {
            throw new IllegalArgumentException("a domain needs at least one CPU and 1 MiB");
        }
    }

    public DomainConfig withDomid(int wanted) {
        return new DomainConfig(wanted, type, vcpus, memoryMib);
    }

    public DomainConfig withType(DomainType wanted) {
        return new DomainConfig(domid, wanted, vcpus, memoryMib);
    }

    public DomainConfig withVcpus(int wanted) {
        return new DomainConfig(domid, type, wanted, memoryMib);
    }

    public DomainConfig withMemoryMib(int wanted) {
        return new DomainConfig(domid, type, vcpus, wanted);
    }
}
