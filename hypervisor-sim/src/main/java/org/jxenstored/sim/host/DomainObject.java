package org.jxenstored.sim.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

/** What a domain consists of, and what everybody can see of it. */
abstract sealed class DomainObject permits KernelCalls {
    final SimHost host;
    final HostLock lock;
    final int domid;
    final long uniqueId;
    final DomainConfig config;
    final Set<Capability> capabilities;
    final DomainLife life;
    final Vcpus vcpus;
    final EventPorts ports;
    final References references;
    final DomainMemory memory;
    final GrantTable grants;
    final IoreqServers ioreqServers;
    final Watchdog watchdog;
    final Set<Mapping> mappings = new LinkedHashSet<>();
    int storePort;
    int tripleFaultReason = ShutdownCode.REBOOT;

    @Nullable
    SimDomain target;

    DomainObject(SimHost host, int domid, long uniqueId, DomainConfig config, Set<Capability> capabilities) {
        SimDomain domain = self();
        this.host = host;
        this.lock = host.lock();
        this.domid = domid;
        this.uniqueId = uniqueId;
        this.config = config;
        this.capabilities = capabilities;
        this.vcpus = new Vcpus(domain);
        this.life = new DomainLife(domain, vcpus);
        this.ports = new EventPorts(host, domain);
        this.references = new References(() -> host.lastReferenceGone(self()));
        this.memory = new DomainMemory(domain, host.pages(), config.memoryMib());
        this.grants = new GrantTable(memory);
        this.ioreqServers = new IoreqServers(domain);
        this.watchdog = new Watchdog(host.time(), lock, this::watchdogFired);
        references.take(Reference.TOOLSTACK);
        references.take(Reference.MEMORY);
    }

    /** This very object. */
    abstract SimDomain self();

    public int domid() {
        return domid;
    }

    /** See {@link DomainState#uniqueId}; never 0 here, even if the host does not show it. */
    public long uniqueId() {
        return uniqueId;
    }

    public DomainConfig config() {
        return config;
    }

    /** The machine this domain is on. */
    public SimHost host() {
        return host;
    }

    /** What the hypervisor tells of this domain now, also after it left the list. */
    public DomainState state() {
        return lock.call(() -> new DomainState(
                domid,
                uniqueId,
                life.life(),
                life.shutdown().isComplete(),
                life.shutdown().code(),
                capabilities));
    }

    /** True while the virtual CPUs run. */
    public boolean isRunning() {
        return lock.call(life::isRunning);
    }

    /** True while a toolstack has it paused. */
    public boolean isPaused() {
        return lock.call(life::isPausedByController);
    }

    /** How long it was running, for lists. */
    public Duration runningTime() {
        return lock.call(life::runningTime);
    }

    /** Memory it still has, in pages of 4 KiB; of a zombie those that others map. */
    public long pages() {
        return lock.call(memory::count);
    }

    /** Its event channels. */
    public EventPorts ports() {
        return ports;
    }

    /** What runs in it, if something was loaded. */
    public Optional<GuestProgram> program() {
        return lock.call(life::program);
    }

    /** Why its object cannot be freed yet, every map of a page included; empty once it is off the list. */
    public List<Reference> references() {
        return lock.call(() -> {
            List<Reference> all = new ArrayList<>(references.list());
            memory.mappings().forEach(mapping -> all.add(mapping.reference()));
            return List.copyOf(all);
        });
    }

    // ---- inside the host, under its lock

    private void watchdogFired() {
        if (life.shutdown().isNone()) {
            end("watchdog fired", ShutdownCode.WATCHDOG);
        }
    }

    /** Xen ends the domain's life for a reason of its own. */
    final void end(String why, int code) {
        host.notes().xenDoes(self(), why + fate(code));
        life.shutdown(code);
    }

    /** What becomes of a shutdown with this code, if anything special does. */
    final String fate(int code) {
        int first = life.shutdown().code();
        if (!life.shutdown().isNone()) {
            return ", without effect: it is shut down";
        }
        return first == Shutdown.NO_CODE || first == (code & 0xff)
                ? ""
                : ", but " + ShutdownCode.name(first) + " was latched before";
    }

    final SimDomain requireBothAlive(int otherDomid) throws HypervisorException {
        life.requireAlive();
        SimDomain other = host.require(otherDomid);
        other.life.requireAlive();
        return other;
    }

    final void requireRightsOver(SimDomain other, String what) throws HypervisorException {
        if (!capabilities.contains(Capability.CONTROL) && target != other) {
            throw new HypervisorException(
                    Errno.EPERM,
                    self() + " may not " + what + " " + other + ": it is no control domain and not its device model");
        }
    }

    final void refuseDom0(String what) throws HypervisorException {
        if (capabilities.contains(Capability.HARDWARE)) {
            throw new HypervisorException(
                    Errno.EINVAL, "domain " + domid + " cannot " + what + ": the whole host depends on it");
        }
    }

    final void requireHvm(String what) throws HypervisorException {
        if (config.type() == DomainType.PV) {
            throw new HypervisorException(Errno.EINVAL, self() + " is PV: it cannot " + what);
        }
    }

    @Override
    public String toString() {
        return "domain " + domid;
    }
}
