package org.jxenstored.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.timeline.Party;

/** The host's domains as the Xen of the chosen age shows them; used by one thread. */
final class SimDomainStates implements DomainStates {
    private final SimHost host;
    private final boolean uniqueIds;

    /** Unique ids of those that the daemon learned of by their shutdown or death, for the timeline. */
    private final Map<Integer, Long> noted = new HashMap<>();

    /** The last unique id that it saw under each domid. */
    private final Map<Integer, Long> seen = new HashMap<>();

    SimDomainStates(SimHost host, boolean uniqueIds) {
        this.host = host;
        this.uniqueIds = uniqueIds;
    }

    @Override
    public List<DomainState> list() {
        return host.list().stream().map(this::show).toList();
    }

    @Override
    public Optional<DomainState> find(int domid) {
        Optional<DomainState> found = host.find(domid).map(this::show);
        found.ifPresent(this::noteSuccessor);
        return found;
    }

    /** Two domains had the same id, and the daemon was not told in between (L-RACE-1). */
    private void noteSuccessor(DomainState state) {
        if (uniqueIds) {
            Long before = seen.put(state.domid(), state.uniqueId());
            if (before != null && before != state.uniqueId()) {
                note(state.uniqueId(), state.domid(), "has another unique id");
            }
        }
    }

    @Override
    public boolean recordsChanges() {
        return uniqueIds;
    }

    @Override
    public List<Integer> takeChanged() {
        if (!uniqueIds) {
            return List.of();
        }
        List<Integer> changed = host.takeChanged();
        changed.forEach(this::note);
        return changed;
    }

    /** A domain that only exists is no news. */
    private void note(int domid) {
        Optional<DomainState> found = host.find(domid).map(SimDomain::state);
        if (found.isEmpty()) {
            seen.remove(domid);
            Long last = noted.remove(domid);
            if (last != null) {
                note(last, domid, "gone");
            }
        } else if (found.get().isDead() || found.get().shutdown()) {
            noted.put(domid, found.get().uniqueId());
            note(found.get().uniqueId(), domid, found.get().isDead() ? "dead" : "shut down");
        }
    }

    private void note(long uniqueId, int domid, String what) {
        host.timeline().note(uniqueId, Party.XEN, Party.XENSTORED, "get_domain_state: domain " + domid + " " + what);
    }

    private DomainState show(SimDomain domain) {
        DomainState state = domain.state();
        if (uniqueIds) {
            return state;
        }
        return new DomainState(
                state.domid(),
                DomainState.NO_UNIQUE_ID,
                state.isDead() ? Life.DEAD : Life.ALIVE,
                state.shutdown(),
                state.shutdownCode(),
                state.capabilities());
    }
}
