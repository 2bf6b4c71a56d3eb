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

    void note(SimDomain domain, Party from, Party to, String what) {
        if (!domain.capabilities.contains(Capability.HARDWARE)) {
            timeline.note(domain.uniqueId(), from, to, what);
        }
    }
}
