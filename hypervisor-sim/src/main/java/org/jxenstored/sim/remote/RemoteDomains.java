package org.jxenstored.sim.remote;

import java.util.List;
import java.util.Optional;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainStates;

/** The domains of the machine. If it is gone all of this throws: its domains are not to be taken for dead one by one. */
final class RemoteDomains implements DomainStates {
    private final MachineLink link;

    RemoteDomains(MachineLink link) {
        this.link = link;
    }

    @Override
    public List<DomainState> list() {
        return domains(new Call.ListDomains());
    }

    @Override
    public Optional<DomainState> find(int domid) {
        return domains(new Call.FindDomain(domid)).stream().findFirst();
    }

    private List<DomainState> domains(Call call) {
        return switch (link.ask(call)) {
            case Told.Domains(List<DomainState> states) -> states;
            case Told other -> throw unexpected(call, other);
        };
    }

    @Override
    public boolean recordsChanges() {
        return link.hello().recordsChanges();
    }

    @Override
    public List<Integer> takeChanged() {
        Call call = new Call.TakeChanged();
        return switch (link.ask(call)) {
            case Told.Changed(List<Integer> domids) -> domids;
            case Told other -> throw unexpected(call, other);
        };
    }

    static IllegalStateException unexpected(Call call, Told answer) {
        return new IllegalStateException("the simulated machine answers " + call + " with " + answer);
    }
}
