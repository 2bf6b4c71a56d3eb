package org.jxenstored.sim.devicemodel;

import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.xenbus.BackendManner;

/** The pages through which a device model gets a guest's I/O requests: they keep the guest from being freed. */
final class IoreqPages {
    private final SimDomain holder;
    private final int target;
    private final Party self;
    private final BackendManner manner;
    private @Nullable Mapping mapping;
    private boolean ended;

    IoreqPages(SimDomain holder, int target, Party self, BackendManner manner) {
        this.holder = holder;
        this.target = target;
        this.self = self;
        this.manner = manner;
    }

    /** Maps them, if {@link #kill} was not called before. */
    synchronized void map() throws HypervisorException {
        if (!ended) {
            mapping = holder.mapIoreqPages(target);
        }
    }

    /** Lets go of them, if its manner is good; says so if it is not. */
    synchronized void release() {
        if (manner == BackendManner.GOOD) {
            kill();
        } else if (mapping != null && !ended) {
            note("never lets go of the IOREQ pages");
        }
    }

    /** Lets go of them in any case: the end of the process. */
    synchronized void kill() {
        ended = true;
        if (mapping != null) {
            mapping.close();
            mapping = null;
        }
    }

    void note(String what) {
        holder.host()
                .find(target)
                .ifPresent(guest -> holder.host().timeline().note(guest.uniqueId(), self, Party.XENSTORED, what));
    }
}
