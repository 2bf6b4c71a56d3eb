package org.jxenstored.sim.machine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jxenstored.hypervisor.DaemonAddress;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.dom0.Dom0;

/**
 * What dom0 is told of daemons that come and go; in order, and on a thread of its own, as dom0 may be waiting for an answer
 * of the very daemon that has ended.
 */
final class Dom0News implements AutoCloseable {
    private final Dom0 dom0;
    private final ExecutorService inOrder = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("dom0-news").factory());

    Dom0News(Dom0 dom0) {
        this.dom0 = dom0;
    }

    /** Where there are guests already, dom0's programs start with the daemon: somebody must do what their ends ask for. */
    void daemonIsServing(SimulatedXen xen, DaemonAddress address) {
        inOrder.execute(() -> {
            if (dom0.host().list().stream()
                    .anyMatch(domain -> domain != dom0.host().dom0() && domain != xen.daemonsDomain())) {
                dom0.startWithDaemon();
            }
            xen.daemonIsServing(address);
        });
    }

    void daemonIsGone() {
        inOrder.execute(dom0::daemonIsGone);
    }

    @Override
    public void close() {
        inOrder.shutdown();
    }
}
