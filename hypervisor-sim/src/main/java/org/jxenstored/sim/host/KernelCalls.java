package org.jxenstored.sim.host;

import java.time.Duration;
import java.util.Set;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.RingPage;

/** What the kernel inside a domain, its processes and a device model in it can do. */
abstract sealed class KernelCalls extends DomainObject permits SimDomain {
    private final RingPage ringPage = memory.ringPage();
    private final RawRing rawRing = memory.rawRing();

    KernelCalls(SimHost host, int domid, long uniqueId, DomainConfig config, Set<Capability> capabilities) {
        super(host, domid, uniqueId, config, capabilities);
    }

    // ---- the store

    /** The page it shares with the store. Using it after the domain is torn down throws IllegalStateException. */
    public RingPage ringPage() {
        return ringPage;
    }

    /** The same page without manners. */
    public RawRing rawRing() {
        return rawRing;
    }

    /** Its port for the store, 0 if {@link SimDomain#prepareStore} was not called. */
    public int storePort() {
        return lock.call(() -> storePort);
    }

    /** Tells the store that the ring's indexes changed (S-RING-4). */
    public void signalStore() {
        lock.run(() -> ports.signal(storePort));
    }

    /** Has this run whenever the store signals this domain. */
    public void onStoreSignal(Runnable handler) {
        lock.run(() -> ports.handle(storePort, false, _ -> handler.run()));
    }

    // ---- the end

    /** Shuts down with a {@link ShutdownCode}, as it pleases or as a panic does (lifecycle.md 5). */
    public void shutdown(int code) throws HypervisorException {
        lock.run(() -> {
            refuseDom0("shut down");
            life.requireListed();
            host.notes().kernelAsks(self(), "SCHEDOP_shutdown(" + ShutdownCode.name(code) + ")" + fate(code));
            life.shutdown(code);
        });
    }

    /** Latches the reason for a later shutdown. */
    public void latchShutdownCode(int code) {
        lock.run(() -> {
            host.notes().kernelAsks(self(), "SCHEDOP_shutdown_code(" + ShutdownCode.name(code) + ")");
            life.shutdown().latch(code);
        });
    }

    /**
     * Shuts down for a suspend and waits in the hypercall until a toolstack resumes this domain.
     *
     * @throws HypervisorException ENOENT if the domain was destroyed instead, or reset
     */
    public void suspend() throws HypervisorException, InterruptedException {
        Sleep sleep = lock.call(() -> {
            life.requireAlive();
            shutdown(ShutdownCode.SUSPEND);
            return life.sleep();
        });
        if (!sleep.await()) {
            throw new HypervisorException(Errno.ENOENT, self() + " was not resumed: this life of it is over");
        }
    }

    /** A triple fault: for HVM and PVH guests the end, with the reason that the toolstack set for it. */
    public void tripleFault() throws HypervisorException {
        lock.run(() -> {
            requireHvm("have a triple fault");
            life.requireListed();
            end("triple fault", tripleFaultReason);
        });
    }

    /** Has Xen shut the domain down with code watchdog unless this is called again in time; zero ends it. */
    public void setWatchdog(Duration timeout) throws HypervisorException {
        lock.run(() -> {
            life.requireAlive();
            boolean wasSet = watchdog.isSet();
            watchdog.set(timeout);
            if (watchdog.isSet() != wasSet) {
                host.notes().kernelAsks(self(), "SCHEDOP_watchdog(" + timeout.toSeconds() + " s)");
            }
        });
    }

    /** A virtual CPU waits for I/O: a shutdown, other than a crash, stays in progress until {@link #endIo}. */
    public void beginIo() {
        lock.run(() -> life.shutdown().beginIo());
    }

    public void endIo() {
        lock.run(life::endIo);
    }

    // ---- virtual CPUs

    /** Virtual CPUs that run or wait for events. */
    public int onlineVcpus() {
        return lock.call(vcpus::online);
    }

    /** Starts a further virtual CPU, from inside. */
    public void startVcpu(int vcpu) throws HypervisorException {
        lock.run(() -> {
            life.requireAlive();
            vcpus.start(vcpu);
        });
    }

    /** Takes a virtual CPU offline, from inside; an HVM or PVH guest without any is powered off. */
    public void stopVcpu(int vcpu) throws HypervisorException {
        lock.run(() -> {
            life.requireAlive();
            stop(vcpu, "all virtual CPUs are down: poweroff");
        });
    }

    /**
     * HLT with interrupts off: this virtual CPU can never wake up again; if it was the last, it is a poweroff.
     *
     * @throws HypervisorException EINVAL for a PV guest, which has no such instruction
     */
    public void haltForGood(int vcpu) throws HypervisorException {
        lock.run(() -> {
            requireHvm("halt with interrupts off");
            life.requireAlive();
            stop(vcpu, "the last virtual CPU halts with interrupts off: poweroff");
        });
    }

    private void stop(int vcpu, String ifLast) throws HypervisorException {
        if (vcpus.stop(vcpu) && config.type() != DomainType.PV) {
            end(ifLast, ShutdownCode.POWEROFF);
        }
    }

    // ---- pages of its own for others

    /** Lets a domain map this domain's store page by this reference. */
    public void grantStorePage(int reference, int toDomid) {
        lock.run(() -> grants.permit(reference, toDomid, memory.storePage()));
    }

    /** Takes a grant back; mappings that exist go on (L-DRV-6). */
    public void revokeGrant(int reference) {
        lock.run(() -> grants.revoke(reference));
    }

    /**
     * Gives a page of its own to another domain, for a device ring; returns the grant reference, from 8 upwards.
     *
     * @throws HypervisorException EINVAL from the start of its destruction on; ENOSPC or ENOMEM if there are no more
     */
    public int grantPage(int toDomid) throws HypervisorException {
        return lock.call(() -> {
            life.requireAlive();
            return grants.permitNew(toDomid);
        });
    }

    /** Takes such a page back; it stays allocated while somebody still maps it. */
    public void endGrant(int reference) {
        revokeGrant(reference);
    }

    // ---- pages of others

    /**
     * Maps a page of another domain into this one.
     *
     * @throws HypervisorException EINVAL if the grant does not permit it or the other domain is being destroyed
     */
    public Mapping mapGrant(int ownerDomid, int reference) throws HypervisorException {
        return lock.call(() -> {
            SimDomain owner = requireBothAlive(ownerDomid);
            return new Mapping(self(), owner.grants.find(reference, domid), new MapKind.Grant(reference));
        });
    }

    /** Maps this domain's own store page, as a process does with its kernel's page. */
    public Mapping mapOwnStorePage() {
        return lock.call(() -> new Mapping(self(), memory.storePage(), new MapKind.Own()));
    }

    /**
     * Maps a page that this domain has granted to another one, as its kernel uses it.
     *
     * @throws HypervisorException EINVAL if there is no such grant for that domain
     */
    public Mapping mapOwnGrant(int toDomid, int reference) throws HypervisorException {
        return lock.call(() -> {
            life.requireAlive();
            return new Mapping(self(), grants.find(reference, toDomid), new MapKind.Own());
        });
    }

    /**
     * Maps a page by its frame number, as a toolstack or a device model does (lifecycle.md 10).
     *
     * @throws HypervisorException EPERM if this is neither a control domain nor has the other one as its target;
     *     EINVAL if there is no such page or the other domain is being destroyed
     */
    public Mapping mapForeign(int ownerDomid, long gfn) throws HypervisorException {
        return lock.call(() -> {
            SimDomain owner = requireBothAlive(ownerDomid);
            requireRightsOver(owner, "map pages of");
            return new Mapping(self(), owner.memory.find(gfn), new MapKind.Foreign());
        });
    }

    /**
     * Becomes the device model of a domain: maps its IOREQ pages (lifecycle.md 10). From then on this domain cannot be
     * freed before that one is destroyed.
     *
     * @throws HypervisorException EPERM if this is neither a control domain nor has the other one as its target;
     *     EINVAL if that is PV or is being destroyed
     */
    public Mapping mapIoreqPages(int targetDomid) throws HypervisorException {
        return lock.call(() -> {
            SimDomain owner = requireBothAlive(targetDomid);
            requireRightsOver(owner, "be the device model of");
            return new Mapping(self(), owner.ioreqServers.pageFor(self()), new MapKind.Ioreq());
        });
    }
}
