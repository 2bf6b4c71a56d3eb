package org.jxenstored.it.transcript;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.DomainStates;

/** A hypervisor's list of domains as a table. */
final class DomainTable implements DomainStates {
    private final Map<Integer, DomainState> domains = new TreeMap<>();
    private final Set<Integer> changed = new TreeSet<>();
    private long lastUniqueId;

    void build(int domid) {
        domains.put(
                domid,
                new DomainState(domid, ++lastUniqueId, Life.ALIVE, false, DomainState.NO_SHUTDOWN_CODE, Set.of()));
        changed.add(domid);
    }

    void shutDown(int domid, int code) {
        change(domid, is -> new DomainState(domid, is.uniqueId(), is.life(), true, code, is.capabilities()));
        changed.add(domid);
    }

    /** Resuming is no change that the hypervisor reports (L-SUSP-5). */
    void resume(int domid) {
        change(
                domid,
                is -> new DomainState(
                        domid, is.uniqueId(), is.life(), false, DomainState.NO_SHUTDOWN_CODE, is.capabilities()));
    }

    /** Dying alone is no change that the hypervisor reports (L-KILL-1). */
    void destroy(int domid, Life reached) {
        change(
                domid,
                is -> new DomainState(
                        domid, is.uniqueId(), reached, is.shutdown(), is.shutdownCode(), is.capabilities()));
        if (reached == Life.DEAD) {
            changed.add(domid);
        }
    }

    void vanish(int domid) {
        domains.remove(domid);
        changed.add(domid);
    }

    private void change(int domid, UnaryOperator<DomainState> change) {
        if (domains.computeIfPresent(domid, (id, state) -> change.apply(state)) == null) {
            throw new IllegalArgumentException("there is no domain " + domid);
        }
    }

    @Override
    public List<DomainState> list() {
        return List.copyOf(domains.values());
    }

    @Override
    public Optional<DomainState> find(int domid) {
        return Optional.ofNullable(domains.get(domid));
    }

    @Override
    public boolean recordsChanges() {
        return true;
    }

    @Override
    public List<Integer> takeChanged() {
        List<Integer> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }
}
