package org.jxenstored.sim.devicemodel;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.Notification;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.guest.GuestKernel;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.xenbus.BackendManner;

/**
 * The QEMU process in dom0 that emulates one HVM guest's devices.
 *
 * <p>It maps the guest's IOREQ pages and says so in {@code /local/domain/0/device-model/N/state}; it ends when that
 * directory vanishes, or when it is told.
 */
public final class DeviceModel {
    /** What the state node says once it serves the guest. */
    public static final String RUNNING = "running";

    private static final Logger LOG = System.getLogger(DeviceModel.class.getName());

    private final SimHost host;
    private final XenstoreClient store;
    private final SimDomain target;
    private final String directory;
    private final IoreqPages pages;
    private @Nullable WatchQueue removal;
    private boolean stopped;

    private DeviceModel(SimHost host, XenstoreClient store, SimDomain target, BackendManner manner) {
        this.host = host;
        this.store = store;
        this.target = target;
        this.directory = NodePath.homeOf(Domid.DOM0) + "/device-model/" + target.domid();
        this.pages = new IoreqPages(host.dom0(), target.domid(), Party.DEVICE_MODEL, manner);
    }

    /**
     * A process in dom0.
     *
     * @param store a connection of dom0's; it stays the caller's
     */
    public static DeviceModel inDom0(SimHost host, XenstoreClient store, SimDomain target) {
        return inDom0(host, store, target, BackendManner.GOOD);
    }

    /** As {@link #inDom0(SimHost, XenstoreClient, SimDomain)}; a stuck one only lets go when it is killed. */
    public static DeviceModel inDom0(SimHost host, XenstoreClient store, SimDomain target, BackendManner manner) {
        return new DeviceModel(host, store, target, manner);
    }

    /** What runs in a stub domain: see {@link #stubdomain(SimDomain, int, BackendManner)}. */
    public static GuestKernel stubdomain(SimDomain stub, int target) {
        return stubdomain(stub, target, BackendManner.GOOD);
    }

    /**
     * What runs in a stub domain: an ordinary guest that also emulates the devices of another one.
     *
     * <p>Before it runs, a toolstack gives it its target, in Xen and in the store, and a directory {@code
     * device-model/N} of its own in its home, for its state.
     *
     * @param manner a stuck one lets go when its domain is destroyed
     */
    public static GuestKernel stubdomain(SimDomain stub, int target, BackendManner manner) {
        return new GuestKernel(stub)
                .with(() -> new StubDriver(target, new IoreqPages(stub, target, Party.domain(stub.domid()), manner)));
    }

    /** Starts the process; does not wait for it. */
    public void start() {
        var _ = host.time().start("device-model-" + target.domid(), this::run);
    }

    /** Asks it to end; one that is stuck does not. */
    public void stop() {
        pages.release();
        endWatching();
    }

    /** Ends the process at once: Xen lets go of what it mapped. */
    public void kill() {
        pages.kill();
        endWatching();
    }

    /** The guest switched its emulated machine off: shuts the domain down from outside (lifecycle.md 5.1). */
    public void powerOff() throws HypervisorException {
        host.dom0().remoteShutdown(target.domid(), ShutdownCode.POWEROFF);
    }

    private void run() {
        try {
            pages.map();
            store.write(directory + "/state", RUNNING);
            pages.note("device model state: " + RUNNING);
            awaitRemoval();
            pages.release();
        } catch (XenstoreException | HypervisorException problem) {
            LOG.log(Level.DEBUG, "the device model of " + target + " ends", problem);
            pages.note("device model ends: " + problem.getMessage());
            pages.release();
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitRemoval() throws InterruptedException {
        WatchQueue events = store.watchQueue();
        if (!watches(events)) {
            return;
        }
        try (events) {
            var _ = events.watch(directory);
            while (events.take() instanceof Notification.Event _ && store.exists(directory)) {
                LOG.log(Level.TRACE, "{0} has its device model", target);
            }
        }
    }

    /** False if it was told to end before. */
    private synchronized boolean watches(WatchQueue events) {
        removal = events;
        return !stopped;
    }

    private synchronized void endWatching() {
        stopped = true;
        if (removal != null) {
            removal.close();
        }
    }
}
