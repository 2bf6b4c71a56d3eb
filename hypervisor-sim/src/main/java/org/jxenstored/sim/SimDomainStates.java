package org.jxenstored.sim;

import java.util.List;
import java.util.Optional;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/** The host's domains as the Xen of the chosen age shows them. */
final class SimDomainStates implements DomainStates {
    private final SimHost host;
    private final boolean uniqueIds;

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
        return host.find(domid).map(this::show);
    }

    @Override
    public boolean recordsChanges() {
        return uniqueIds;
    }

    @Override
    public List<Integer> takeChanged() {
        return uniqueIds ? host.takeChanged() : List.of();
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
