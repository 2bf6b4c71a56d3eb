package org.jxenstored.sim;

import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/**
 * The domain that a daemon runs in, on its host.
 *
 * @param domain dom0, or a stub domain for the store alone
 * @param dom0Port the port of dom0's kernel that waits for the daemon; 0 where the daemon runs in dom0 itself
 */
record StoreDomain(SimDomain domain, int dom0Port) {
    /** The usual place. */
    static StoreDomain dom0(SimHost host) {
        return new StoreDomain(host.dom0(), 0);
    }

    /** Boots a domain for the store, as init-xenstore-domain does (L-RING-5), and has dom0 turn to it (lifecycle.md 14). */
    static StoreDomain boot(SimHost host) throws HypervisorException {
        SimDomain stub =
                host.createDomain(DomainConfig.SMALL.withType(DomainType.PV).withXenstore());
        host.setDomainExceptionHandler(stub);
        int port = host.dom0().prepareStore(stub.domid());
        stub.unpause();
        return new StoreDomain(stub, port);
    }
}
