package org.jxenstored.domain;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.operation.DomainDirectory;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Feature;
import org.jxenstored.store.Births;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Subject;

/** All domains the store knows, and the hypervisor's word on which exist. */
public final class Domains implements DomainDirectory, Births {
    private final DomainStates hypervisor;
    private final Generations generations;
    private final TreeMap<Integer, Domain> known = new TreeMap<>();
    private final Map<QuotaName, Gauge> everybody = new EnumMap<>(QuotaName.class);
    private final Set<Domain> withTarget = new HashSet<>();
    private Quotas globalQuotas;
    private Consumer<Domain> onChange = _ -> {};
    private Runnable onQuotas = () -> {};
    private long version;

    public Domains(DomainStates hypervisor, Generations generations, Quotas globalQuotas) {
        this.hypervisor = hypervisor;
        this.generations = generations;
        this.globalQuotas = globalQuotas;
        QuotaName.all().forEach(name -> everybody.put(name, new Gauge(null)));
    }

    /** The record of this domain, or null if the store does not know it. */
    public @Nullable Domain get(int domid) {
        return known.get(domid);
    }

    /** All known domains, ascending; a copy. */
    public Collection<Domain> all() {
        return List.copyOf(known.values());
    }

    /** The record of a domain that certainly exists; made now if there is none (S-GEN-6). */
    public Domain know(int domid) {
        return know(domid, Domain.Standing.GUEST);
    }

    /** As {@link #know} for a domain of this standing. */
    public Domain know(int domid, Domain.Standing standing) {
        Domain present = known.get(domid);
        return present != null ? present : add(domid, standing, state(domid));
    }

    private Domain add(int domid, Domain.Standing standing, Optional<DomainState> state) {
        DomainDefaults defaults = new DomainDefaults(globalQuotas, Feature.ALL, everybody);
        version++;
        Domain domain =
                new Domain(domid, version, generations.current(), standing, defaults, each -> onChange.accept(each));
        domain.setUniqueId(state.map(DomainState::uniqueId).orElse(DomainState.NO_UNIQUE_ID));
        known.put(domid, domain);
        return domain;
    }

    /**
     * From now on somebody is told of all that must outlive the daemon.
     *
     * @param domain of each domain that became known, changed, or was forgotten
     * @param quotas when the quotas of new domains changed
     */
    public void observe(Consumer<Domain> domain, Runnable quotas) {
        onChange = domain;
        onQuotas = quotas;
    }

    /** Knows a domain again that an earlier daemon knew. */
    public Domain restore(DomainImage image) {
        Domain present = known.get(image.domid());
        Domain domain = present != null ? present : add(image.domid(), image.standing(), Optional.empty());
        domain.restore(image);
        if (image.target() != Subject.NO_TARGET) {
            withTarget.add(domain);
        }
        return domain;
    }

    /** Forgets all about a domain (S-DEATH-5). */
    public void forget(Domain domain) {
        if (known.remove(domain.domid(), domain)) {
            onChange.accept(domain);
            withTarget.remove(domain);
            version++;
        }
    }

    /** Gives a domain the rights of another (P-TGT-4). */
    public void setTarget(Domain domain, int target) {
        domain.setTarget(target);
        withTarget.add(domain);
    }

    /** A target is gone: nobody shares its rights any more (P-REL-6, S-DEATH-10). */
    public void clearTargetsOn(int domid) {
        withTarget.removeIf(domain -> {
            if (domain.target() == domid) {
                domain.setTarget(Subject.NO_TARGET);
            }
            return domain.target() == Subject.NO_TARGET;
        });
    }

    /** Changes with every domain that becomes known or is forgotten. */
    public long version() {
        return version;
    }

    @Override
    public boolean learn(int domid) {
        Domain present = known.get(domid);
        if (present != null && present.isPinned()) {
            return true;
        }
        // One look for both: a second one might see a successor, or nobody, and the record got no identity.
        Optional<DomainState> living = state(domid).filter(state -> !state.isDead());
        if (living.isPresent() && present == null) {
            add(domid, Domain.Standing.GUEST, living);
        }
        return living.isPresent();
    }

    @Override
    public long serial(int domid) {
        Domain present = known.get(domid);
        return present == null ? 0 : present.serial();
    }

    @Override
    public boolean knownSince(int domid, long generation) {
        Domain domain = known.get(domid);
        return domain != null && domain.birth() <= generation;
    }

    /** What the hypervisor says of a domain, dead ones too; empty if there is none or it cannot be one. */
    public Optional<DomainState> state(int domid) {
        return Domid.isOrdinary(domid) ? hypervisor.find(domid) : Optional.empty();
    }

    /** True if the domain exists as far as clients are concerned (P-GFEAT-4, P-GQ-3). */
    public boolean exists(int domid) {
        Domain present = known.get(domid);
        return (present != null && present.isPinned()) || state(domid).isPresent();
    }

    /** True if the domain exists and is not dead, so that a record of it has a future (L-DRV-3, L-DRV-4). */
    public boolean lives(int domid) {
        Domain present = known.get(domid);
        return (present != null && present.isPinned()) || isAlive(domid);
    }

    /** True if the hypervisor has such a domain and it is not dead. */
    public boolean isAlive(int domid) {
        return state(domid).filter(state -> !state.isDead()).isPresent();
    }

    /** True if it is certain that the number still means the domain of this record: both have the same unique id. */
    public boolean isSameAsBefore(Domain domain) {
        return domain.uniqueId() != DomainState.NO_UNIQUE_ID
                && state(domain.domid())
                        .filter(state -> state.uniqueId() == domain.uniqueId())
                        .isPresent();
    }

    /** True if the hypervisor now has another domain of this number than the record is of, or had when it was made. */
    public boolean isSucceeded(Domain domain) {
        return domain.uniqueId() != DomainState.NO_UNIQUE_ID
                && state(domain.domid())
                        .filter(state ->
                                state.uniqueId() != DomainState.NO_UNIQUE_ID && state.uniqueId() != domain.uniqueId())
                        .isPresent();
    }

    /**
     * Compares a record with what the hypervisor says now, and completes its unique id (L-SCAN-1, L-SCAN-2).
     *
     * @return the state, or empty if the domain of this record does not exist any more
     */
    public Optional<DomainState> stateOf(Domain domain) {
        Optional<DomainState> now = state(domain.domid());
        if (now.isEmpty() || now.get().uniqueId() == DomainState.NO_UNIQUE_ID) {
            return now;
        }
        if (domain.uniqueId() == DomainState.NO_UNIQUE_ID) {
            domain.setUniqueId(now.get().uniqueId());
        }
        return now.filter(state -> state.uniqueId() == domain.uniqueId());
    }

    /** Takes note of the unique id, for a record that was made before its domain was (L-SCAN-1). */
    public void noteIdentity(Domain domain) {
        if (domain.uniqueId() == DomainState.NO_UNIQUE_ID) {
            state(domain.domid()).ifPresent(state -> domain.setUniqueId(state.uniqueId()));
        }
    }

    /** The hypervisor, for scans. */
    public DomainStates hypervisor() {
        return hypervisor;
    }

    public Quotas globalQuotas() {
        return globalQuotas;
    }

    public void setGlobalQuota(QuotaName name, long value) {
        setGlobalQuotas(globalQuotas.with(name, value));
    }

    /** Domains that become known from now on get these. */
    public void setGlobalQuotas(Quotas quotas) {
        globalQuotas = quotas;
        onQuotas.run();
    }

    /** The gauge with the peak of all unprivileged domains. */
    public Gauge everybody(QuotaName name) {
        return Objects.requireNonNull(everybody.get(name));
    }
}
