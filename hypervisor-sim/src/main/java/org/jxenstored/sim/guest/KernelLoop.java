package org.jxenstored.sim.guest;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.ConnectionLostException;
import org.jxenstored.client.InterruptedRequestException;
import org.jxenstored.client.Notification;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.xenbus.Driver;

/**
 * A running kernel: one thread that starts the drivers and then tells them what happens in the store.
 *
 * <p>It ends without a word when its domain is destroyed. If a driver cannot go on, the kernel panics.
 */
final class KernelLoop implements Power {
    private static final Logger LOG = System.getLogger(KernelLoop.class.getName());

    private final SimDomain domain;
    private final List<Driver> drivers;

    /** Held by whoever runs in the kernel: a suspended kernel handles nothing. */
    private final ReentrantLock cpu = new ReentrantLock();

    private @Nullable StoreEvents events;
    private boolean halted;
    private volatile Runnable watchesReset = () -> {};

    // Guarded by this; never held while waiting.
    private @Nullable XenstoreClient client;
    private boolean stopped;

    /**
     * One life of a kernel.
     *
     * @param drivers in the order of their start; they get this
     */
    KernelLoop(SimDomain domain, Function<Power, List<Driver>> drivers) {
        this.domain = domain;
        this.drivers = drivers.apply(this);
    }

    synchronized Optional<XenstoreClient> store() {
        return Optional.ofNullable(client);
    }

    /** Who is told that all watches of the domain were dropped; see {@link Kernel#onWatchesReset}. */
    void onWatchesReset(Runnable listener) {
        watchesReset = listener;
    }

    /** Starts it; at most once. */
    void start() {
        run("kernel-" + domain.domid(), this::serve);
    }

    /** The domain is paused for good, or its host ends. */
    synchronized void stop() {
        stopped = true;
        if (client != null) {
            client.close();
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    private synchronized Optional<StoreEvents> connect() {
        if (stopped) {
            return Optional.empty();
        }
        XenstoreClient connected = XenstoreClient.connect(StoreRing.of(domain));
        client = connected;
        return Optional.of(new StoreEvents(domain, connected));
    }

    private interface Work {
        void run() throws HypervisorException, InterruptedException;
    }

    private void run(String name, Work work) {
        var _ = domain.host().time().start(name, () -> {
            try {
                work.run();
            } catch (ConnectionLostException | InterruptedRequestException | InterruptedException end) {
                LOG.log(Level.DEBUG, "{0}: {1}", domain, end);
            } catch (XenstoreException | HypervisorException problem) {
                panic(problem);
            }
        });
    }

    private void serve() throws HypervisorException, InterruptedException {
        Optional<StoreEvents> connected = connect();
        if (connected.isPresent()) {
            StoreEvents store = connected.get();
            boot(store);
            boolean goesOn = true;
            while (goesOn) {
                goesOn = handle(store, store.take());
            }
        }
    }

    private void boot(StoreEvents store) throws HypervisorException {
        cpu.lock();
        try {
            events = store;
            if (!drivers.isEmpty() && store.resetWatches()) {
                watchesReset.run();
            }
            for (Driver driver : drivers) {
                driver.start(store);
            }
        } finally {
            cpu.unlock();
        }
    }

    private boolean handle(StoreEvents store, Notification notification)
            throws HypervisorException, InterruptedException {
        cpu.lock();
        try {
            return !halted && store.handle(notification) && !halted;
        } finally {
            cpu.unlock();
        }
    }

    @Override
    public void shutdown(int code) throws HypervisorException {
        halted = true;
        domain.shutdown(code);
    }

    @Override
    public void suspend() throws HypervisorException, InterruptedException {
        cpu.lock();
        try {
            if (!halted && sleep() && events != null && events.reregister()) {
                watchesReset.run();
            }
        } finally {
            cpu.unlock();
        }
    }

    /** False if it does not wake up any more: its domain was destroyed or reset. */
    private boolean sleep() throws InterruptedException {
        try {
            domain.suspend();
            return true;
        } catch (HypervisorException endOfLife) {
            LOG.log(Level.DEBUG, "{0}: {1}", domain, endOfLife.getMessage());
            halted = true;
            return false;
        }
    }

    @Override
    public void suspendSoon() {
        run("suspend-" + domain.domid(), this::suspend);
    }

    private void panic(Exception reason) {
        if (isStopped() || domain.state().life() != Life.ALIVE) {
            LOG.log(Level.DEBUG, "{0}: {1}", domain, reason);
            return;
        }
        LOG.log(Level.WARNING, domain + " panics", reason);
        try {
            domain.shutdown(ShutdownCode.CRASH);
        } catch (HypervisorException refusal) {
            LOG.log(Level.WARNING, "{0}: {1}", domain, refusal.getMessage());
        }
    }
}
