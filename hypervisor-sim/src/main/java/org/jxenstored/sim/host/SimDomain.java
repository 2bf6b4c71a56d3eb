package org.jxenstored.sim.host;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainState.Capability;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.RingPage;

/**
 * One domain of a simulated host: what its kernel can do, and what a toolstack can do with it.
 *
 * <p>A domain hears its event channels only while it runs: not before its first {@link #unpause}, not while it is
 * paused, not after it shut down. What it does not hear stays pending. Everything that others do with its pages
 * and ports works all the same (L-SHUT-7).
 */
@SuppressWarnings("DoNotCallSuggester") // the methods that throw come next
public final class SimDomain {
    /** The grant table entry of the console page. */
    public static final int GRANT_CONSOLE = 0;

    private static final long CONSOLE_GFN = 0xfefff;
    private static final long STORE_GFN = 0xfeffc;

    private final SimHost host;
    private final HostLock lock;
    private final int domid;
    private final long uniqueId;
    private final DomainConfig config;
    private final Set<Capability> capabilities;
    private final DomainLife life;
    private final EventPorts ports;
    private final GrantTable grants = new GrantTable(this);
    private final GuestPage consolePage = new GuestPage(this, CONSOLE_GFN);
    private final GuestPage storePage = new GuestPage(this, STORE_GFN);
    private final List<GuestPage> pages = new ArrayList<>(List.of(consolePage, storePage));
    private final List<Mapping> mappings = new ArrayList<>();
    private final RingPage ringPage = new RingPage(storePage.ownersBytes());
    private final RawRing rawRing = new RawRing(storePage.ownersBytes());
    private int storePort;

    SimDomain(SimHost host, int domid, long uniqueId, DomainConfig config, Set<Capability> capabilities) {
        this.host = host;
        this.lock = host.lock();
        this.domid = domid;
        this.uniqueId = uniqueId;
        this.config = config;
        this.capabilities = capabilities;
        this.life = new DomainLife(this, host.exceptions(), lock);
        this.ports = new EventPorts(host, this);
        life.addReference(); // for "has pages" (lifecycle.md 10)
    }

    // ---- for everybody

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

    /** Its event channels. */
    public EventPorts ports() {
        return ports;
    }

    // ---- the kernel in the domain

    /** The page it shares with the store. Using it after the domain is torn down throws IllegalStateException. */
    public RingPage ringPage() {
        return ringPage;
    }

    /** The same page without manners. */
    public RawRing rawRing() {
        return rawRing;
    }

    /** Its port for the store, 0 if {@link #prepareStore} was not called. */
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

    /** Shuts down with a {@link ShutdownCode}; also what a toolstack's remote shutdown does (lifecycle.md 5). */
    public void shutdown(int code) throws HypervisorException {
        lock.run(() -> {
            refuseDom0("shut down");
            life.shutdown(code);
        });
    }

    /** Latches the reason for a later shutdown. */
    public void latchShutdownCode(int code) {
        lock.run(() -> life.shutdown().latch(code));
    }

    /** What a panic, or Xen on a fatal condition, does. */
    public void crash() throws HypervisorException {
        shutdown(ShutdownCode.CRASH);
    }

    /** A virtual CPU waits for I/O: a shutdown, other than a crash, stays in progress until {@link #endIo}. */
    public void beginIo() {
        lock.run(() -> life.shutdown().beginIo());
    }

    public void endIo() {
        lock.run(life::endIo);
    }

    // ---- grants

    /** Lets a domain map this domain's store page by this reference. */
    public void grantStorePage(int reference, int toDomid) {
        lock.run(() -> grants.permit(reference, toDomid, storePage));
    }

    /** Takes a grant back; mappings that exist go on (L-DRV-6). */
    public void revokeGrant(int reference) {
        lock.run(() -> grants.revoke(reference));
    }

    /**
     * Maps a page of another domain into this one.
     *
     * @throws HypervisorException EINVAL if the grant does not permit it or the other domain is being destroyed
     */
    public Mapping mapGrant(int ownerDomid, int reference) throws HypervisorException {
        return lock.call(() -> {
            life.requireAlive();
            SimDomain owner = host.require(ownerDomid);
            owner.life.requireAlive();
            return addMapping(owner.grants.find(reference, domid));
        });
    }

    /** Maps this domain's own store page, as a process does with its kernel's page. */
    public Mapping mapOwnStorePage() {
        return lock.call(() -> addMapping(storePage));
    }

    // ---- the toolstack

    /** The frame of the store page, for INTRODUCE. */
    public long storeGfn() {
        return storePage.gfn();
    }

    /** Allocates the store's event channel and seeds both grants (lifecycle.md 3 step 5); returns the port. */
    public int prepareStore(int storeDomid) throws HypervisorException {
        return lock.call(() -> {
            life.requireAlive();
            storePort = ports.allocateUnbound(storeDomid);
            grants.permit(RingMapper.GRANT_XENSTORE, storeDomid, storePage);
            grants.permit(GRANT_CONSOLE, storeDomid, consolePage);
            return storePort;
        });
    }

    /** Says what runs in the domain; before its first {@link #unpause}. */
    public void load(GuestProgram program) throws HypervisorException {
        lock.run(() -> life.load(program));
    }

    /** Pauses once more; at most 255 times. */
    public void pause() throws HypervisorException {
        lock.run(life::pause);
    }

    /** Takes back one pause; a new domain has one. */
    public void unpause() throws HypervisorException {
        lock.run(life::unpause);
    }

    /** A suspend signals the other end of this port of the domain instead of raising VIRQ_DOM_EXC (L-SUSP-1). */
    public void subscribeSuspend(int port) throws HypervisorException {
        lock.run(() -> life.subscribeSuspend(port));
    }

    /** Lets a domain that shut down go on (L-SUSP-5). */
    public void resume() throws HypervisorException {
        lock.run(life::resume);
    }

    /** Only the first part of {@link #destroy}: the domain is dying, which nobody is told (L-KILL-1). */
    public void beginDestroy() throws HypervisorException {
        lock.run(() -> {
            refuseDom0("be destroyed by itself");
            life.requireListed();
        });
        stopRunning();
    }

    /** Destroys the domain; goes on where {@link #beginDestroy} stopped, does nothing if it is dead (L-KILL-4). */
    public void destroy() throws HypervisorException {
        beginDestroy();
        lock.run(life::finishDestroy);
    }

    // ---- more than the store

    /** The machine this domain is on. */
    public SimHost host() {
        return host;
    }

    /** What runs in it, if something was loaded. */
    public Optional<GuestProgram> program() {
        return lock.call(life::program);
    }

    /**
     * Gives a page of its own to another domain, for a device ring; returns the grant reference.
     *
     * @throws HypervisorException EINVAL from the start of its destruction on
     */
    public int grantPage(int toDomid) throws HypervisorException {
        throw new UnsupportedOperationException("grantPage " + toDomid);
    }

    /** Takes such a page back; it stays allocated while somebody still maps it. */
    public void endGrant(int reference) {
        throw new UnsupportedOperationException("endGrant " + reference);
    }

    /**
     * Maps a page by its frame number, as a toolstack or a device model does (lifecycle.md 10).
     *
     * @throws HypervisorException EPERM if this is neither a control domain nor has the other one as its target;
     *     EINVAL if there is no such page or the other domain is being destroyed
     */
    public Mapping mapForeign(int ownerDomid, long gfn) throws HypervisorException {
        throw new UnsupportedOperationException("mapForeign " + ownerDomid + " " + gfn);
    }

    /** Becomes the device model of a domain: maps its IOREQ pages (lifecycle.md 10). */
    public Mapping mapIoreqPages(int targetDomid) throws HypervisorException {
        throw new UnsupportedOperationException("mapIoreqPages " + targetDomid);
    }

    /** Lets this domain act for another one; that one cannot be freed before this one is (lifecycle.md 10). */
    public void setTarget(int targetDomid) throws HypervisorException {
        throw new UnsupportedOperationException("setTarget " + targetDomid);
    }

    /**
     * Shuts another domain down from outside.
     *
     * @throws HypervisorException EPERM if this is neither a control domain nor that domain's device model
     */
    public void remoteShutdown(int targetDomid, int code) throws HypervisorException {
        throw new UnsupportedOperationException("remoteShutdown " + targetDomid + " " + code);
    }

    /**
     * Shuts down for a suspend and waits in the hypercall until a toolstack resumes this domain.
     *
     * @throws HypervisorException ENOENT if the domain was destroyed instead
     */
    public void suspend() throws HypervisorException, InterruptedException {
        throw new UnsupportedOperationException("suspend");
    }

    /** Virtual CPUs that run or wait for events. */
    public int onlineVcpus() {
        throw new UnsupportedOperationException("onlineVcpus");
    }

    /** Starts a further virtual CPU, from inside. */
    public void startVcpu(int vcpu) throws HypervisorException {
        throw new UnsupportedOperationException("startVcpu " + vcpu);
    }

    /** Takes a virtual CPU offline, from inside; an HVM or PVH guest without any is powered off. */
    public void stopVcpu(int vcpu) throws HypervisorException {
        throw new UnsupportedOperationException("stopVcpu " + vcpu);
    }

    /** HLT with interrupts off: this virtual CPU can never wake up again; if it was the last, it is a poweroff. */
    public void haltForGood(int vcpu) throws HypervisorException {
        throw new UnsupportedOperationException("haltForGood " + vcpu);
    }

    /** A triple fault: reboot, for HVM and PVH guests. */
    public void tripleFault() throws HypervisorException {
        throw new UnsupportedOperationException("tripleFault");
    }

    /** Has Xen shut the domain down with code watchdog unless this is called again in time; zero ends it. */
    public void setWatchdog(Duration timeout) throws HypervisorException {
        throw new UnsupportedOperationException("setWatchdog " + timeout);
    }

    /** Starts a domain anew that shut down with code soft reset: same domid, same unique id (L-SUSP-9). */
    public void softReset() throws HypervisorException {
        throw new UnsupportedOperationException("softReset");
    }

    /**
     * One preemptible part of {@link #destroy} (L-KILL-2): a large domain takes many.
     *
     * @return true when the domain is dead
     */
    public boolean destroyStep() throws HypervisorException {
        throw new UnsupportedOperationException("destroyStep");
    }

    /** Memory it still has, in pages of 4 KiB. */
    public long pages() {
        throw new UnsupportedOperationException("pages");
    }

    /** How long it was running, for lists. */
    public Duration runningTime() {
        throw new UnsupportedOperationException("runningTime");
    }

    // ---- inside the host

    /** The domain ends together with its host. */
    void switchOff() {
        stopRunning();
        lock.run(life::finishDestroy);
    }

    private void stopRunning() {
        lock.call(life::beginDestroy).ifPresent(GuestProgram::stop);
    }

    // ---- inside the host, under its lock

    boolean hearsEvents() {
        return life.isRunning();
    }

    DomainLife life() {
        return life;
    }

    void tearDown() {
        List.copyOf(mappings).forEach(Mapping::close);
        ports.closeAll();
        host.exceptions().destroyed(this);
        List.copyOf(pages).forEach(GuestPage::release);
    }

    void pageFreed(GuestPage page) {
        pages.remove(page);
        if (pages.isEmpty()) {
            life.dropReference();
        }
    }

    void unmapped(Mapping mapping) {
        mappings.remove(mapping);
    }

    void lastReferenceGone() {
        host.lastReferenceGone(this);
    }

    private Mapping addMapping(GuestPage page) {
        Mapping mapping = new Mapping(lock, this, page);
        mappings.add(mapping);
        return mapping;
    }

    private void refuseDom0(String what) throws HypervisorException {
        if (capabilities.contains(Capability.HARDWARE)) {
            throw new HypervisorException(
                    Errno.EINVAL, "domain " + domid + " cannot " + what + ": the whole host depends on it");
        }
    }

    @Override
    public String toString() {
        return "domain " + domid;
    }
}
