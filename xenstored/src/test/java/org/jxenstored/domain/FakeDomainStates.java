package org.jxenstored.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.DomainStates;

/** A hypervisor's list of domains that a test writes itself. */
public final class FakeDomainStates implements DomainStates {
    private final TreeMap<Integer, DomainState> domains = new TreeMap<>();
    private final TreeSet<Integer> changed = new TreeSet<>();
    private final boolean recordsChanges;
    private final boolean hasUniqueIds;
    private final Set<Integer> unanswered = new HashSet<>();
    private Runnable afterFind = () -> {};
    private long lastUniqueId = 100;

    /** A hypervisor that has both. */
    public FakeDomainStates() {
        this(true, true);
    }

    /**
     * A hypervisor of some age.
     *
     * @param recordsChanges false as before Xen 4.21
     * @param hasUniqueIds false as before Xen 4.21
     */
    public FakeDomainStates(boolean recordsChanges, boolean hasUniqueIds) {
        this.recordsChanges = recordsChanges;
        this.hasUniqueIds = hasUniqueIds;
    }

    /** A new domain, with an id that no other had. */
    public void create(int domid) {
        long uniqueId = hasUniqueIds ? ++lastUniqueId : DomainState.NO_UNIQUE_ID;
        put(new DomainState(domid, uniqueId, Life.ALIVE, false, DomainState.NO_SHUTDOWN_CODE, Set.of()));
    }

    private void put(DomainState state) {
        domains.put(state.domid(), state);
        changed.add(state.domid());
    }

    private DomainState existing(int domid) {
        return find(domid).orElseThrow();
    }

    public void shutDown(int domid) {
        DomainState old = existing(domid);
        put(new DomainState(domid, old.uniqueId(), old.life(), true, 0, Set.of()));
    }

    /** It runs again; nobody is told (L-SUSP-5). */
    public void resume(int domid) {
        DomainState old = existing(domid);
        boolean wasChanged = changed.contains(domid);
        put(new DomainState(domid, old.uniqueId(), old.life(), false, DomainState.NO_SHUTDOWN_CODE, Set.of()));
        if (!wasChanged) {
            changed.remove(domid);
        }
    }

    public void setLife(int domid, Life life) {
        DomainState old = existing(domid);
        put(new DomainState(domid, old.uniqueId(), life, old.shutdown(), old.shutdownCode(), Set.of()));
    }

    /** It is off the list. */
    public void free(int domid) {
        domains.remove(domid);
        changed.add(domid);
    }

    /** From now on the hypervisor cannot be asked about this domain. */
    public void stopAnswering(int domid) {
        unanswered.add(domid);
    }

    public void answerAgain() {
        unanswered.clear();
    }

    /** Something that happens right after the next answer about one domain. */
    public void afterNextFind(Runnable event) {
        afterFind = event;
    }

    @Override
    public List<DomainState> list() {
        return List.copyOf(domains.values());
    }

    @Override
    public Optional<DomainState> find(int domid) {
        if (unanswered.contains(domid)) {
            throw new IllegalStateException("the hypervisor does not answer");
        }
        Optional<DomainState> found = Optional.ofNullable(domains.get(domid));
        Runnable event = afterFind;
        afterFind = () -> {};
        event.run();
        return found;
    }

    @Override
    public boolean recordsChanges() {
        return recordsChanges;
    }

    @Override
    public List<Integer> takeChanged() {
        List<Integer> taken = List.copyOf(changed);
        changed.clear();
        return taken;
    }
}
