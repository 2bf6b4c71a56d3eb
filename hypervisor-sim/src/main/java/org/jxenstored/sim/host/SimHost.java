package org.jxenstored.sim.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.time.RealTime;
import org.jxenstored.sim.time.SimTime;
import org.jxenstored.sim.timeline.Timeline;

/**
 * A simulated machine that runs Xen: its domains and what they tell each other.
 *
 * <p>It outlives the daemons that connect to it. All methods of this package may be called from any thread.
 */
public final class SimHost implements AutoCloseable {
    private static final int DOM0_VCPUS = 2;
    private static final int DOM0_MEMORY_MIB = 1024;

    private final HostLock lock = new HostLock();
    private final DomidAllocator domids = new DomidAllocator();
    private final TreeMap<Integer, SimDomain> listed = new TreeMap<>();
    private final PagePool pages = new PagePool();
    private final GracePeriods gracePeriods = new GracePeriods(lock);
    private final UniqueIds uniqueIds;
    private final Executor notifications;
    private final SimTime time;
    private final XenAge age;
    private final Timeline timeline;
    private final Notes notes;
    private final DomainExceptions exceptions;
    private final SimDomain dom0;
    private final String boot = UUID.randomUUID().toString();

    /** Runs the store instead of dom0. */
    private @Nullable SimDomain storeDomain;

    /**
     * A host on which only dom0 runs.
     *
     * @param seed decides the unique ids of the domains
     * @param notifications carries each {@link Notification}, such as a {@link ManualNotifications}; may run it
     *     in the calling thread, which never holds a lock of the host then
     */
    public SimHost(long seed, Executor notifications) {
        this(seed, notifications, new RealTime(), XenAge.FROM_4_22);
    }

    /** A host on which only dom0 runs, with notifications in the order of their causes. */
    public SimHost(long seed, SimTime time) {
        this(seed, time, XenAge.FROM_4_22);
    }

    /** The same with a Xen of this age. */
    public SimHost(long seed, SimTime time, XenAge age) {
        this(seed, time.soon(), time, age);
    }

    /** A host with notifications of its own and with this time for everything else. */
    public SimHost(long seed, Executor notifications, SimTime time, XenAge age) {
        this.uniqueIds = new UniqueIds(seed);
        this.notifications = notifications;
        this.time = time;
        this.age = age;
        this.timeline = new Timeline(time);
        this.notes = new Notes(timeline);
        this.exceptions = new DomainExceptions(notes);
        this.dom0 = lock.call(this::bootDom0);
    }

    private SimDomain bootDom0() {
        try {
            int domid = domids.take(Domid.DOM0);
            DomainConfig config = new DomainConfig(domid, DomainType.PV, DOM0_VCPUS, DOM0_MEMORY_MIB);
            SimDomain domain = add(config, domid, Set.of(Capability.CONTROL, Capability.HARDWARE, Capability.XENSTORE));
            for (int vcpu = 1; vcpu < DOM0_VCPUS; vcpu++) {
                domain.startVcpu(vcpu);
            }
            domain.prepareStore(Domid.DOM0);
            domain.unpause();
            return domain;
        } catch (HypervisorException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** No other host has the same name. */
    public String boot() {
        return boot;
    }

    /** The domain that runs the toolstack and, usually, the daemon. */
    public SimDomain dom0() {
        return dom0;
    }

    /**
     * Creates a domain. It is paused, has its pages and nothing else (lifecycle.md 3).
     *
     * <p>A refused creation takes no id: the simulated Xen does not have that curiosity of the real one (L-CRE-2).
     *
     * @throws HypervisorException EEXIST if the wanted domid, or every domid, is in use; EINVAL for a reserved one;
     *     EBUSY for a second domain that is to run the store (L-RING-5)
     */
    public SimDomain createDomain(DomainConfig config) throws HypervisorException {
        return lock.call(() -> {
            if (config.xenstore() && storeDomain != null) {
                throw new HypervisorException(
                        Errno.EBUSY, storeDomain + " runs the store: there can be only one, destroy it first");
            }
            SimDomain domain = create(config, config.xenstore() ? Set.of(Capability.XENSTORE) : Set.of());
            if (config.xenstore()) {
                storeDomain = domain;
            }
            return domain;
        });
    }

    /** A small domain with the next free domid. */
    public SimDomain createDomain() throws HypervisorException {
        return createDomain(DomainConfig.SMALL);
    }

    /** The domain of this id, zombies too. */
    public Optional<SimDomain> find(int domid) {
        return lock.call(() -> Optional.ofNullable(listed.get(domid)));
    }

    /** All domains, zombies too, ascending. */
    public List<SimDomain> list() {
        return lock.call(() -> List.copyOf(listed.values()));
    }

    /** What the VIRQ handler polls: the ids of changed domains, ascending, each once, and none afterwards. */
    public List<Integer> takeChanged() {
        return lock.call(exceptions::takeChanged);
    }

    /** Makes another domain the handler of VIRQ_DOM_EXC; EBUSY while the present one has it bound. */
    public void setDomainExceptionHandler(SimDomain handler) throws HypervisorException {
        lock.run(() -> {
            handler.life.requireAlive();
            exceptions.setHandler(handler);
            notes.toolstackAsks(handler, "domctl set_virq_handler: VIRQ_DOM_EXC goes to " + handler);
        });
    }

    public SimTime time() {
        return time;
    }

    /** What happened here, for people. */
    public Timeline timeline() {
        return timeline;
    }

    public GracePeriods gracePeriods() {
        return gracePeriods;
    }

    /** Switches the machine off: every guest is destroyed, and all memory is freed, whoever maps it. */
    @Override
    public void close() {
        list().reversed().forEach(SimDomain::switchOff);
    }

    HostLock lock() {
        return lock;
    }

    Executor notifications() {
        return notifications;
    }

    PagePool pages() {
        return pages;
    }

    Notes notes() {
        return notes;
    }

    DomainExceptions exceptions() {
        return exceptions;
    }

    /** EINVAL if no such domain is in the list, which is what binding and mapping answer. */
    SimDomain require(int domid) throws HypervisorException {
        SimDomain domain = listed.get(domid);
        if (domain == null) {
            throw new HypervisorException(Errno.EINVAL, "domain " + domid + " does not exist");
        }
        return domain;
    }

    /** The domain leaves the list now; its id is free after a grace period, and then comes the last VIRQ. */
    void lastReferenceGone(SimDomain domain) {
        listed.remove(domain.domid());
        domain.life.gone();
        if (domain == storeDomain) {
            storeDomain = null;
        }
        notes.xenDoes(domain, domain + " is off the list: the last reference is gone");
        gracePeriods.then(() -> {
            domain.freed();
            exceptions.markChanged(domain);
            domids.free(domain.domid());
            notes.xenDoes(domain, "freed: domid " + domain.domid() + " is free again");
            exceptions.raise(domain);
            timeline.ended(domain.uniqueId());
        });
    }

    private SimDomain create(DomainConfig config, Set<Capability> capabilities) throws HypervisorException {
        int domid = age.meansAny(config.domid()) ? domids.takeNext() : domids.take(config.domid());
        return add(config, domid, capabilities);
    }

    private SimDomain add(DomainConfig config, int domid, Set<Capability> capabilities) {
        SimDomain domain = new SimDomain(this, domid, uniqueIds.next(), config, capabilities);
        listed.put(domid, domain);
        notes.toolstackAsks(domain, "domctl createdomain: domid " + domid);
        exceptions.markChanged(domain);
        notes.xenDoes(domain, domain + " is marked as changed, no VIRQ_DOM_EXC");
        return domain;
    }
}
