package org.jxenstored.sim.host;

import java.util.BitSet;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** The virtual CPUs of a domain: which of them are up. All calls are made under the host's lock. */
final class Vcpus {
    private final SimDomain domain;
    private final BitSet up = new BitSet();

    Vcpus(SimDomain domain) {
        this.domain = domain;
    }

    /** The toolstack gave the first one a state to start from; all others are the kernel's affair. */
    void boot() {
        up.set(0);
    }

    void reset() {
        up.clear();
    }

    int online() {
        return up.cardinality();
    }

    void start(int vcpu) throws HypervisorException {
        requireExisting(vcpu);
        up.set(vcpu);
    }

    /** True if that was the last one that was up. */
    boolean stop(int vcpu) throws HypervisorException {
        requireExisting(vcpu);
        boolean wasUp = up.get(vcpu);
        up.clear(vcpu);
        return wasUp && up.isEmpty();
    }

    private void requireExisting(int vcpu) throws HypervisorException {
        int vcpus = domain.config().vcpus();
        if (vcpu < 0 || vcpu >= vcpus) {
            throw new HypervisorException(
                    Errno.EINVAL, domain + " has no virtual CPU " + vcpu + ": it has 0 to " + (vcpus - 1));
        }
    }
}
