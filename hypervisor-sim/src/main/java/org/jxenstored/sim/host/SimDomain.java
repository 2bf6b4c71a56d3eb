package org.jxenstored.sim.host;

import java.util.Set;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.timeline.Party;

/**
 * One domain of a simulated host: what its kernel can do, and what a toolstack can do with it.
 *
 * <p>A domain hears its event channels only while it runs: not before its first {@link #unpause}, not while it is
 * paused, not after it shut down. What it does not hear stays pending. Everything that others do with its pages
 * and ports works all the same (L-SHUT-7).
 *
 * <p>Once a domain left the list, all that is asked of it is answered with ENOENT.
 */
public final class SimDomain extends KernelCalls {
    /** The grant table entry of the console page. */
    public static final int GRANT_CONSOLE = 0;

    private final Destruction destruction = new Destruction(this);

    SimDomain(SimHost host, int domid, long uniqueId, DomainConfig config, Set<Capability> capabilities) {
        super(host, domid, uniqueId, config, capabilities);
    }

    // ---- the toolstack

    /** The frame of the store page, for INTRODUCE. */
    public long storeGfn() {
        return memory.storePage().gfn();
    }

    /**
     * Allocates the store's event channel and seeds both grants (lifecycle.md 3 step 5); returns the port.
     *
     * <p>For dom0 this is what its kernel does when the store moves to a stub domain (lifecycle.md 14).
     */
    public int prepareStore(int storeDomid) throws HypervisorException {
        return lock.call(() -> {
            life.requireAlive();
            storePort = ports.allocateUnbound(storeDomid);
            grants.permit(RingMapper.GRANT_XENSTORE, storeDomid, memory.storePage());
            grants.permit(GRANT_CONSOLE, storeDomid, memory.consolePage());
            host.notes().preparesStore(this, storeDomid);
            return storePort;
        });
    }

    /** Says what runs in the domain; before its first {@link #unpause}, or after a {@link #softReset}. */
    public void load(GuestProgram program) throws HypervisorException {
        lock.run(() -> {
            life.load(program);
            host.notes().toolstackAsks(this, "loads a kernel into " + this);
        });
    }

    /** With which {@link ShutdownCode} a triple fault ends this domain; reboot if this is not called. */
    public void setTripleFaultReason(int code) {
        lock.run(() -> {
            tripleFaultReason = code;
        });
    }

    /** Pauses once more; at most 255 times. */
    public void pause() throws HypervisorException {
        lock.run(() -> {
            life.pause();
            host.notes().toolstackAsks(this, "domctl pausedomain " + domid);
        });
    }

    /** Takes back one pause; a new domain has one. */
    public void unpause() throws HypervisorException {
        lock.run(() -> {
            host.notes().toolstackAsks(this, "domctl unpausedomain " + domid);
            life.unpause();
        });
    }

    /** Xen finds a fatal condition. For the panic of a kernel see {@link #shutdown}. */
    public void crash() throws HypervisorException {
        lock.run(() -> {
            refuseDom0("crash");
            life.requireListed();
            end("domain_crash", ShutdownCode.CRASH);
        });
    }

    /**
     * Shuts another domain down from outside.
     *
     * @throws HypervisorException EPERM if this is neither a control domain nor that domain's device model; ENOENT if
     *     there is no such domain
     */
    public void remoteShutdown(int targetDomid, int code) throws HypervisorException {
        lock.run(() -> {
            SimDomain other = host.find(targetDomid)
                    .orElseThrow(
                            () -> new HypervisorException(Errno.ENOENT, "domain " + targetDomid + " does not exist"));
            requireRightsOver(other, "shut down");
            other.refuseDom0("be shut down from outside");
            Party by = capabilities.contains(Capability.CONTROL) ? Party.TOOLSTACK : Party.domain(domid);
            String call = "SCHEDOP_remote_shutdown(" + ShutdownCode.name(code) + ")";
            host.notes().note(other, by, Party.XEN, call + other.fate(code));
            other.life.shutdown(code);
        });
    }

    /** A suspend signals the other end of this port of the domain instead of raising VIRQ_DOM_EXC (L-SUSP-1). */
    public void subscribeSuspend(int port) throws HypervisorException {
        lock.run(() -> {
            life.subscribeSuspend(port);
            host.notes().toolstackAsks(this, "domctl subscribe: suspend event channel of " + this);
        });
    }

    /** Lets a domain that shut down go on (L-SUSP-5). */
    public void resume() throws HypervisorException {
        lock.run(() -> {
            host.notes().toolstackAsks(this, "domctl resumedomain " + domid);
            life.resume();
        });
    }

    /**
     * Lets this domain act for another one; that one cannot be freed before this one is (lifecycle.md 10).
     *
     * @throws HypervisorException EINVAL if it has a target already, if that is itself, or if one of them is being
     *     destroyed
     */
    public void setTarget(int targetDomid) throws HypervisorException {
        lock.run(() -> {
            SimDomain next = requireBothAlive(targetDomid);
            if (next == this || target != null) {
                throw new HypervisorException(
                        Errno.EINVAL, this + " cannot have " + next + " as its target: it is itself, or it has one");
            }
            next.references.take(new Reference(Reference.Kind.TARGET, domid));
            target = next;
            host.notes().toolstackAsks(next, "domctl set_target: " + this + " acts for " + next);
        });
    }

    /**
     * Starts a domain anew that shut down with code soft reset: same domid, same unique id (L-SUSP-9). Its event
     * channels, grants and device models are gone: prepare its store anew. If it is paused meanwhile, another program can be loaded.
     *
     * @throws HypervisorException EINVAL if it did not shut down with that code; EBUSY while a grant of it is mapped
     */
    public void softReset() throws HypervisorException {
        lock.call(() -> {
                    requireResettable();
                    life.wakeUp(false);
                    return life.startedProgram();
                })
                .ifPresent(GuestProgram::stop);
        lock.run(() -> {
            requireResettable();
            host.notes().toolstackAsks(this, "domctl soft_reset " + domid);
            watchdog.stop();
            ports.closeAll();
            grants.revokeAll();
            ioreqServers.destroyAll();
            memory.storePage().clear();
            storePort = 0;
            life.softReset();
        });
    }

    private void requireResettable() throws HypervisorException {
        life.requireSoftReset();
        for (Mapping mapping : memory.mappings()) {
            if (mapping.kind() instanceof MapKind.Grant) {
                throw new HypervisorException(Errno.EBUSY, mapping + " is still mapped: unmap it before the reset");
            }
        }
    }

    // ---- destruction

    /** Only the first part of {@link #destroy}: the domain is dying, which nobody is told (L-KILL-1). */
    public void beginDestroy() throws HypervisorException {
        requireDestructible();
        var _ = destruction.begin();
    }

    /**
     * One preemptible part of {@link #destroy} (L-KILL-2): a large domain takes many.
     *
     * @return true when the domain is dead
     */
    public boolean destroyStep() throws HypervisorException {
        requireDestructible();
        return !destruction.begin() && destruction.step();
    }

    /** Destroys the domain; goes on where {@link #beginDestroy} stopped, does nothing if it is dead (L-KILL-4). */
    public void destroy() throws HypervisorException {
        beginDestroy();
        destruction.finish();
    }

    private void requireDestructible() throws HypervisorException {
        lock.run(() -> {
            refuseDom0("be destroyed by itself");
            life.requireListed();
        });
    }

    /** The domain ends together with its host. */
    void switchOff() {
        if (capabilities.contains(Capability.HARDWARE)) {
            destruction.switchOff();
        } else {
            var _ = destruction.begin();
            destruction.finish();
        }
    }

    /** Its object ends: what it acted for is let go (lifecycle.md 10.1 step 3). */
    void freed() {
        if (target != null) {
            target.references.drop(new Reference(Reference.Kind.TARGET, domid));
            target = null;
        }
    }

    @Override
    SimDomain self() {
        return this;
    }
}
