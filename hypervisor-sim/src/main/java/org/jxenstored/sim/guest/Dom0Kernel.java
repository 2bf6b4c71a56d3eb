package org.jxenstored.sim.guest;

import java.util.List;
import java.util.Optional;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.xenbus.BackendBus;
import org.jxenstored.sim.xenbus.BackendManner;

/**
 * The kernel of dom0: it owns dom0's ring and serves the devices of all guests that have no driver domain.
 *
 * <p>It may start before a daemon serves: it waits for one.
 */
public final class Dom0Kernel implements Kernel {
    private final SimDomain dom0;
    private final KernelLoop loop;

    public Dom0Kernel(SimDomain dom0) {
        this.dom0 = dom0;
        this.loop = new KernelLoop(dom0, _ -> List.of(new BackendBus(BackendManner.GOOD)));
    }

    /** Connects to the store and looks for devices; does not wait for it. */
    public void start() {
        loop.start();
    }

    /** Gives up the connection. What it maps stays mapped until the host is closed. */
    public void stop() {
        loop.stop();
    }

    @Override
    public SimDomain domain() {
        return dom0;
    }

    @Override
    public Optional<XenstoreClient> store() {
        return loop.store();
    }

    @Override
    public void onWatchesReset(Runnable listener) {
        loop.onWatchesReset(listener);
    }
}
