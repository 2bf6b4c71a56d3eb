package org.jxenstored.sim.host;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;

/** VIRQ_DOM_EXC and the record of changed domains (lifecycle.md 8). All calls are made under the host's lock. */
final class DomainExceptions {
    private final TreeSet<Integer> changed = new TreeSet<>();
    private int handler = Domid.DOM0;
    private @Nullable Port bound;

    /** Binds the VIRQ; all existing domains count as changed then (L-VIRQ-2, L-VIRQ-4). */
    Port bind(SimDomain by, List<SimDomain> existing) throws HypervisorException {
        if (by.domid() != handler) {
            throw new HypervisorException(
                    Errno.EBUSY, "VIRQ_DOM_EXC belongs to domain " + handler + ", not to domain " + by.domid());
        }
        if (bound != null) {
            throw new HypervisorException(
                    Errno.EEXIST,
                    "VIRQ_DOM_EXC is already bound to port " + bound.number + " of domain " + by.domid()
                            + ": another daemon is running");
        }
        Port port = by.ports().open(new Port.DomainException());
        existing.forEach(domain -> changed.add(domain.domid()));
        bound = port;
        return port;
    }

    /** The port is gone: later VIRQs are lost and the record is dropped. */
    void closed(Port port) {
        if (bound == port) {
            bound = null;
            changed.clear();
        }
    }

    /** Makes another domain the handler; EBUSY while the present one has the VIRQ bound. */
    void setHandler(SimDomain next) throws HypervisorException {
        if (bound != null) {
            throw new HypervisorException(
                    Errno.EBUSY, "domain " + handler + " has VIRQ_DOM_EXC bound: it must unbind it before it is moved");
        }
        handler = next.domid();
    }

    /** A handler that is torn down gives the role back to the hardware domain. */
    void destroyed(SimDomain domain) {
        if (handler == domain.domid()) {
            handler = Domid.DOM0;
        }
    }

    void markChanged(SimDomain domain) {
        if (bound != null) {
            changed.add(domain.domid());
        }
    }

    void raise() {
        if (bound != null) {
            EventPorts.setPending(bound);
        }
    }

    List<Integer> takeChanged() {
        List<Integer> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }
}
