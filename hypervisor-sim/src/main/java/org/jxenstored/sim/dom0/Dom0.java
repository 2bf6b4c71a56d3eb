package org.jxenstored.sim.dom0;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.guest.Dom0Kernel;
import org.jxenstored.sim.guest.Entrances;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.toolstack.DeathWatch;
import org.jxenstored.sim.toolstack.Records;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/**
 * Dom0 of a simulated machine: its kernel with the backends, its toolstack and the watch over deaths.
 *
 * <p>Everything starts when it is first needed, so a store in which nobody asked for domains stays as empty as a new one
 * is. The kernel lives as long as the machine. The programs, which have a connection of their own, start again when
 * that was lost; guests and the records of them outlive it.
 */
public final class Dom0 implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Dom0.class.getName());

    private final SimHost host;
    private final Records records;
    private final Entrances entrances;
    private final Dom0Kernel kernel;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean kernelStarted;
    private boolean nodesWritten;
    private volatile boolean withDaemon;
    private @Nullable WayToStore way;
    private @Nullable Programs programs;

    /** What lives as long as a connection of the toolstack. */
    private record Programs(XenstoreClient store, boolean ownConnection, Toolstack toolstack, DeathWatch deaths) {
        void end() {
            deaths.close();
            if (ownConnection) {
                store.close();
            }
        }
    }

    /** Without a way in for programs from outside. */
    public Dom0(SimHost host, Records records) {
        this(host, records, Entrances.NONE);
    }

    /**
     * Nothing of it runs yet.
     *
     * @param records of guests that may be there already
     * @param entrances told of all kernels, dom0's own too
     */
    public Dom0(SimHost host, Records records, Entrances entrances) {
        this.host = host;
        this.records = records;
        this.entrances = entrances;
        this.kernel = new Dom0Kernel(host.dom0());
    }

    public SimHost host() {
        return host;
    }

    /** The owner of dom0's ring; without a connection until something was needed. */
    public Dom0Kernel kernel() {
        return kernel;
    }

    /** Do not wait until something is needed: start as soon as a daemon serves. */
    public void startWithDaemon() {
        withDaemon = true;
    }

    /** From now on the daemon can be connected to, in this way. */
    public void daemonIsServing(WayToStore found) {
        lock.lock();
        try {
            way = found;
        } finally {
            lock.unlock();
        }
        if (withDaemon) {
            var _ = host.time().start("dom0", this::startNow);
        }
    }

    private void startNow() {
        try {
            var _ = toolstack();
        } catch (ToolstackException | XenstoreException failure) {
            LOG.log(Level.WARNING, "dom0 did not start: {0}", String.valueOf(failure.getMessage()));
        }
    }

    /** The daemon ends: so do the programs that are connected to it. */
    public void daemonIsGone() {
        lock.lock();
        try {
            way = null;
            endPrograms();
        } finally {
            lock.unlock();
        }
    }

    /** True once something was needed and the connection still stands. */
    public boolean isStarted() {
        lock.lock();
        try {
            return programs != null && programs.store().isOpen();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The toolstack; the caller waits until dom0 is there.
     *
     * @throws ToolstackException EBUSY if the daemon does not serve yet, or not any more
     */
    public Toolstack toolstack() throws ToolstackException {
        lock.lock();
        try {
            Programs running = programs;
            if (running == null || !running.store().isOpen()) {
                endPrograms();
                running = startPrograms();
                programs = running;
            }
            return running.toolstack();
        } finally {
            lock.unlock();
        }
    }

    private Programs startPrograms() throws ToolstackException {
        WayToStore open = way;
        if (open == null) {
            throw new ToolstackException(Errno.EBUSY, "the daemon does not serve clients yet: try again in a moment");
        }
        if (!open.isOwnConnection()) {
            startKernel();
        }
        XenstoreClient store = connect(open);
        try {
            writeNodes(store, open);
            startKernel();
            Toolstack toolstack = new Toolstack(host, store, records, entrances);
            return new Programs(store, open.isOwnConnection(), toolstack, DeathWatch.start(toolstack));
        } catch (XenstoreException failure) {
            if (open.isOwnConnection()) {
                store.close();
            }
            throw failure;
        }
    }

    private void startKernel() {
        if (!kernelStarted) {
            kernelStarted = true;
            kernel.start();
            entrances.open(kernel);
        }
    }

    /** A store that is older than this machine has no guests any more, but what dom0 had for them. */
    private void writeNodes(XenstoreClient store, WayToStore open) {
        boolean wereThere = Dom0Nodes.writeIfMissing(store);
        if (wereThere && !nodesWritten) {
            Dom0Nodes.removeWhatWasForGuests(store);
        }
        nodesWritten = true;
        if (open instanceof WayToStore.OwnRing(int storeDomid)
                && storeDomid != host.dom0().domid()) {
            host.find(storeDomid).ifPresent(domain -> Dom0Nodes.writeStoreDomain(store, domain));
        }
    }

    private XenstoreClient connect(WayToStore open) throws ToolstackException {
        try {
            return open.connect(kernel);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ToolstackException(Errno.EIO, "dom0 was stopped while it started", stopped);
        }
    }

    private void endPrograms() {
        if (programs != null) {
            programs.end();
            programs = null;
        }
    }

    /** Ends all that runs in dom0. The guests go on; what the kernel maps stays mapped until the host is closed. */
    @Override
    public void close() {
        // First, so that nobody waits any more for a daemon that does not answer.
        kernel.stop();
        daemonIsGone();
    }
}
