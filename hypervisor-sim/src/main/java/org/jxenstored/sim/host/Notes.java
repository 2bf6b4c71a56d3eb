package org.jxenstored.sim.host;

import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.timeline.Timeline;

/** What Xen is asked and does, for the timeline. Dom0's own life is not told: it has no interesting end. */
final class Notes {
    private final Timeline timeline;

    Notes(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Xen does something by itself. */
    void xenDoes(SimDomain domain, String what) {
        note(domain, Party.XEN, Party.XEN, what);
    }

    /** The toolstack calls Xen. */
    void toolstackAsks(SimDomain domain, String what) {
        note(domain, Party.TOOLSTACK, Party.XEN, what);
    }

    /** The kernel in the domain calls Xen. */
    void kernelAsks(SimDomain domain, String what) {
        note(domain, Party.domain(domain.domid()), Party.XEN, what);
    }

    /** A toolstack, or the kernel of dom0 if it is about dom0's own ring, lets the store in (L-RING-1). */
    void preparesStore(SimDomain domain, int storeDomid) {
        String port = ", port " + domain.storePort;
        if (domain.capabilities.contains(Capability.HARDWARE)) {
            String what = "its grant 1 (store) for domain " + storeDomid + port;
            domain.host.find(storeDomid).ifPresent(store -> note(store, Party.domain(domain.domid()), Party.XEN, what));
        } else {
            toolstackAsks(domain, "grants 0 (console) and 1 (store) of " + domain + port);
        }
    }

    /** Somebody connects to a port of this domain; only the daemon does that with the store's port. */
    void storeBinds(SimDomain domain, SimDomain by, int port) {
        if (port == domain.storePort) {
            noteOf(domain, by, Party.XENSTORED, "binds port " + port + " of " + domain);
        }
    }

    /** Something with a page or a port of this domain; if that is dom0, it belongs to the life of whoever uses the page. */
    void noteOf(SimDomain owner, SimDomain user, Party from, String what) {
        note(owner.capabilities.contains(Capability.HARDWARE) ? user : owner, from, Party.XEN, what);
    }

    void note(SimDomain domain, Party from, Party to, String what) {
        if (!domain.capabilities.contains(Capability.HARDWARE)) {
            timeline.note(domain.uniqueId(), from, to, what);
        }
    }
}
