package org.jxenstored.sim.host;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.timeline.Party;

/** VIRQ_DOM_EXC and the record of changed domains (lifecycle.md 8). All calls are made under the host's lock. */
final class DomainExceptions {
    private final Notes notes;
    private final TreeSet<Integer> changed = new TreeSet<>();

    /** Null while it is the hardware domain, which needs no reference for that. */
    private @Nullable SimDomain appointed;

    private @Nullable Port bound;

    DomainExceptions(Notes notes) {
        this.notes = notes;
    }

    private int handler() {
        return appointed == null ? Domid.DOM0 : appointed.domid();
    }

    /** Binds the VIRQ; all existing domains count as changed then (L-VIRQ-2, L-VIRQ-4). */
    Port bind(SimDomain by, List<SimDomain> existing) throws HypervisorException {
        if (by.domid() != handler()) {
            throw new HypervisorException(
                    Errno.EBUSY, "VIRQ_DOM_EXC belongs to domain " + handler() + ", not to " + by);
        }
        if (bound != null) {
            throw new HypervisorException(
                    Errno.EEXIST,
                    "VIRQ_DOM_EXC is already bound to port " + bound.number + " of " + by
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
        if (next.domid() == handler()) {
            return;
        }
        if (bound != null) {
            throw new HypervisorException(
                    Errno.EBUSY,
                    "domain " + handler() + " has VIRQ_DOM_EXC bound: it must unbind it before it is moved");
        }
        appoint(next.domid() == Domid.DOM0 ? null : next);
    }

    /** A handler that is torn down gives the role back to the hardware domain. */
    void destroyed(SimDomain domain) {
        if (domain == appointed) {
            appoint(null);
        }
    }

    private void appoint(@Nullable SimDomain next) {
        SimDomain previous = appointed;
        appointed = next;
        if (next != null) {
            next.references.take(Reference.VIRQ_HANDLER);
        }
        if (previous != null) {
            previous.references.drop(Reference.VIRQ_HANDLER);
        }
    }

    void markChanged(SimDomain domain) {
        if (bound != null) {
            changed.add(domain.domid());
        }
    }

    /** Tells the handler that something happened to this domain. */
    void raise(SimDomain cause) {
        if (bound == null) {
            notes.xenDoes(cause, "VIRQ_DOM_EXC is lost: nobody has it bound");
            return;
        }
        String more = bound.pending ? ", still pending from an earlier one" : "";
        notes.note(cause, Party.XEN, Party.XENSTORED, "VIRQ_DOM_EXC" + more);
        EventPorts.setPending(bound);
    }

    List<Integer> takeChanged() {
        List<Integer> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }
}
