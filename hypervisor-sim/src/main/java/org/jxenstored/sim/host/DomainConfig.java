package org.jxenstored.sim.host;

import org.jxenstored.protocol.Domid;

/**
 * What a toolstack asks for when it creates a domain.
 *
 * @param domid the id it must have, or {@link Domid#ANY} for the next free one
 * @param vcpus virtual CPUs, at least 1; shown in lists
 * @param memoryMib memory in MiB; shown in lists
 */
public record DomainConfig(int domid, int vcpus, int memoryMib) {
    /** One virtual CPU, 128 MiB, any domid. */
    public static final DomainConfig SMALL = new DomainConfig(Domid.ANY, 1, 128);

    public DomainConfig {
        if (vcpus < 1 || memoryMib < 1) {
            throw new IllegalArgumentException("a domain needs at least one CPU and 1 MiB");
        }
    }

    public DomainConfig withDomid(int wanted) {
        return new DomainConfig(wanted, vcpus, memoryMib);
    }
}
