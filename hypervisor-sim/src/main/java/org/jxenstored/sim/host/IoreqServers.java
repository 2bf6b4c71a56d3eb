package org.jxenstored.sim.host;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/**
 * The device models of one domain, as Xen knows them (lifecycle.md 10): each keeps its own domain from being freed until
 * this one is destroyed or reset. All calls are made under the host's lock.
 */
final class IoreqServers {
    private final SimDomain target;
    private final Map<SimDomain, GuestPage> servers = new LinkedHashMap<>();

    IoreqServers(SimDomain target) {
        this.target = target;
    }

    /** The page over which this emulator is asked; its server is made if it has none. */
    GuestPage pageFor(SimDomain emulator) throws HypervisorException {
        if (target.config().type() == DomainType.PV) {
            throw new HypervisorException(
                    Errno.EINVAL, target + " is PV: it has no emulated devices and no IOREQ pages");
        }
        GuestPage page = servers.get(emulator);
        if (page == null) {
            page = target.memory.take();
            servers.put(emulator, page);
            emulator.references.take(new Reference(Reference.Kind.EMULATOR, target.domid()));
        }
        return page;
    }

    void destroyAll() {
        Map<SimDomain, GuestPage> ended = new LinkedHashMap<>(servers);
        servers.clear();
        ended.forEach((emulator, page) -> {
            target.memory.drop(page);
            emulator.references.drop(new Reference(Reference.Kind.EMULATOR, target.domid()));
        });
    }
}
