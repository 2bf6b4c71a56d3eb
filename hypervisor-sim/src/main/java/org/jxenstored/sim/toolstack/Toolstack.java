package org.jxenstored.sim.toolstack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.guest.Entrances;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/**
 * A toolstack: what libxl does for {@code xl}, in the same order (lifecycle.md).
 *
 * <p>It needs the host for hypercalls and a privileged connection to the store, as any other client has. Calls wait for
 * what they do, at most for the times libxl waits; calls for different guests do not wait for each other. All of them
 * throw {@link XenstoreException} if the store does not answer.
 */
public final class Toolstack {
    /** How long libxl waits for a guest that was asked to suspend (L-SUSP-3). */
    public static final Duration SUSPEND_PATIENCE = Duration.ofSeconds(60);

    /** What the tools print for a domain without a name; so no guest may be called like that. */
    public static final String NO_NAME = "(null)";

    private final Means means;
    private final Finder finder;
    private final Destruction destruction;
    private final Creation creation;
    private final Asking asking;
    private final Resumption resumption;
    private final Moving moving;
    private final SoftReset softReset;

    /** A toolstack that knows of no guests yet. */
    public Toolstack(SimHost host, XenstoreClient store) {
        this(host, store, new Records(), Entrances.NONE);
    }

    /**
     * A toolstack that goes on with what an earlier one noted down.
     *
     * @param entrances told of the guests' kernels
     */
    public Toolstack(SimHost host, XenstoreClient store, Records records, Entrances entrances) {
        this.means = new Means(host, store, records, entrances);
        this.finder = new Finder(means);
        Devices devices = new Devices(means, finder);
        this.destruction = new Destruction(means, devices);
        this.creation = new Creation(means, devices, new DeviceModels(means), destruction);
        this.asking = new Asking(means);
        this.resumption = new Resumption(means);
        this.moving = new Moving(means, asking, resumption, creation, destruction);
        this.softReset = new SoftReset(means, devices, creation, destruction);
    }

    Means means() {
        return means;
    }

    // ---- what there is

    /** All domains, ascending. */
    public List<SimDomain> list() {
        return means.host().list();
    }

    /** The name the store has for it, empty if it has none, as for a zombie. */
    public Optional<String> nameOf(SimDomain domain) {
        return finder.nameOf(domain);
    }

    /** What a domain is called when nobody can be asked. */
    public static Optional<String> nameWithoutStore(SimDomain domain) {
        return domain == domain.host().dom0() ? Optional.of(Finder.DOM0_NAME) : Optional.empty();
    }

    /** The domain with this name or domid. */
    public Optional<SimDomain> find(String nameOrDomid) {
        return finder.find(nameOrDomid);
    }

    // ---- coming and going

    /** Creates a guest and lets it run; if something fails, nothing is left. */
    public SimDomain create(GuestConfig config) throws ToolstackException, HypervisorException {
        return creation.boot(config).domain();
    }

    /** Ends a guest, whatever it does; waits until its domain is dead. A zombie may remain (L-REF-1). */
    public void destroy(SimDomain domain) throws ToolstackException, HypervisorException {
        alone(domain, destruction::run);
    }

    /** Destroys a guest and creates it again under a new domid (L-REUSE-3); ENOENT if it is not one of ours. */
    public SimDomain restart(SimDomain domain) throws ToolstackException, HypervisorException {
        Guest guest = finder.guest(domain);
        if (!destruction.runOnce(guest)) {
            throw new ToolstackException(Errno.ENOENT, guest + " is destroyed, or was not made by this toolstack");
        }
        GuestConfig again = guest.config().withName(guest.name()).withDomid(Domid.ANY);
        return creation.boot(again, guest.uuid()).domain();
    }

    /** Ends a guest that has ended by itself, unless somebody else is faster. */
    void tidyUp(Guest guest) throws ToolstackException, HypervisorException {
        var _ = destruction.runOnce(guest);
    }

    /** Starts a guest that shut down with code soft reset anew in its domain (L-SUSP-9). */
    public void softReset(SimDomain domain) throws ToolstackException, HypervisorException {
        alone(domain, softReset::run);
    }

    // ---- asking its kernel

    /** Asks the guest's kernel to shut down; it does that in its own time, or never. */
    public void shutdown(SimDomain domain, ShutdownRequest request) throws ToolstackException {
        asking.ask(finder.guest(domain), request);
    }

    /** As {@link #shutdown}; waits until it has obeyed. */
    public void shutdownAndWait(SimDomain domain, ShutdownRequest request, Duration atMost) throws ToolstackException {
        asking.askAndWait(finder.guest(domain), request, atMost);
    }

    /** Suspends a guest by its event channel, by the store, or from outside; waits for it (L-SUSP-1, 3, 4). */
    public void suspend(SimDomain domain) throws ToolstackException, HypervisorException {
        asking.suspend(finder.guest(domain), SUSPEND_PATIENCE);
    }

    /** As {@link #suspend}, without waiting for it; if it fails later, only the log tells. */
    public void beginSuspend(SimDomain domain) throws ToolstackException {
        asking.beginSuspend(finder.guest(domain), SUSPEND_PATIENCE);
    }

    /** Lets a suspended guest go on where it is (L-SUSP-5). */
    public void resume(SimDomain domain) throws ToolstackException, HypervisorException {
        alone(domain, resumption::run);
    }

    /** Suspends a guest, keeps an image under its name, and ends its domain. */
    public SavedGuest save(SimDomain domain) throws ToolstackException, HypervisorException {
        Guest guest = finder.guest(domain);
        return holding(guest, () -> moving.save(guest, SUSPEND_PATIENCE));
    }

    /** Gives the guest saved under this name a new domain, in which it goes on (L-SUSP-8). */
    public SimDomain restore(String name) throws ToolstackException, HypervisorException {
        return moving.restore(name, Domid.ANY);
    }

    /** As {@link #restore(String)}; it asks for this domid, such as the one it had (L-REUSE-4). */
    public SimDomain restore(String name, int domid) throws ToolstackException, HypervisorException {
        return moving.restore(name, domid);
    }

    /** Moves a running guest into another domain of this host. */
    public SimDomain migrate(SimDomain domain) throws ToolstackException, HypervisorException {
        Guest guest = finder.guest(domain);
        return holding(guest, () -> moving.migrate(guest, SUSPEND_PATIENCE));
    }

    // ---- hypercalls

    public void pause(SimDomain domain) throws HypervisorException {
        domain.pause();
    }

    public void unpause(SimDomain domain) throws HypervisorException {
        domain.unpause();
    }

    /** Has the guest's kernel panic; EBUSY if it has shut down already. */
    public void crash(SimDomain domain) throws ToolstackException, HypervisorException {
        Asking.requireKernel(finder.guest(domain), "crash");
        domain.shutdown(ShutdownCode.CRASH);
    }

    /** Has the guest's kernel start another one: it shuts down for a soft reset. EBUSY if it has shut down already. */
    public void kexec(SimDomain domain) throws ToolstackException, HypervisorException {
        Asking.requireKernel(finder.guest(domain), "start another kernel");
        domain.shutdown(ShutdownCode.SOFT_RESET);
    }

    // ---- one undertaking at a time for each guest

    @FunctionalInterface
    private interface Undertaking {
        void run(Guest guest) throws ToolstackException, HypervisorException;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws ToolstackException, HypervisorException;
    }

    private void alone(SimDomain domain, Undertaking undertaking) throws ToolstackException, HypervisorException {
        Guest guest = finder.guest(domain);
        boolean _ = holding(guest, () -> {
            undertaking.run(guest);
            return true;
        });
    }

    private <T> T holding(Guest guest, Work<T> work) throws ToolstackException, HypervisorException {
        guest.undertaking().lock();
        try {
            if (means.host()
                    .find(guest.domain().domid())
                    .filter(guest.domain()::equals)
                    .isEmpty()) {
                throw new ToolstackException(Errno.ENOENT, guest + " does not exist any more");
            }
            return work.run();
        } finally {
            guest.undertaking().unlock();
        }
    }
}
