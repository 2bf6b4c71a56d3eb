package org.jxenstored.sim.guest;

import java.util.Optional;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.host.GuestProgram;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.timeline.Party;
import org.jxenstored.sim.xenbus.BackendBus;
import org.jxenstored.sim.xenbus.BackendManner;
import org.jxenstored.sim.xenbus.DeviceId;
import org.jxenstored.sim.xenbus.Driver;
import org.jxenstored.sim.xenbus.Frontend;
import org.jxenstored.sim.xenbus.FrontendBus;

/**
 * A small guest kernel: it talks to the store through its ring, starts its virtual CPUs and devices, and obeys the
 * toolstack (C-USE-4, L-SUSP-3).
 *
 * <p>A request that the store refuses is something a kernel cannot go on without: it panics then. Only its devices
 * may fail one by one.
 */
public final class GuestKernel implements GuestProgram, Kernel {
    private final SimDomain domain;
    private final KernelLoop loop;
    private final FrontendBus frontends = new FrontendBus();

    /** An ordinary guest, with frontends for all devices the toolstack gives it. */
    public GuestKernel(SimDomain domain) {
        this(domain, true);
    }

    private GuestKernel(SimDomain domain, boolean ordinary) {
        this.domain = domain;
        this.loop = new KernelLoop(domain);
        if (ordinary) {
            loop.add(new Vcpus());
            loop.add(new ShutdownDriver(loop));
            loop.add(new SuspendChannel(loop));
            loop.add(frontends);
        }
    }

    /** An ordinary guest that also serves other guests' devices, well or badly. */
    public static GuestKernel driverDomain(SimDomain domain, BackendManner manner) {
        return new GuestKernel(domain).with(new BackendBus(manner));
    }

    /** A kernel that wakes up in a new domain after a restore: it announces itself and connects its devices anew. */
    public static GuestKernel restored(SimDomain domain) {
        return new GuestKernel(domain)
                .with(_ -> domain.host()
                        .timeline()
                        .note(
                                domain.uniqueId(),
                                Party.domain(domain.domid()),
                                Party.domain(domain.domid()),
                                "wakes up after the restore"));
    }

    /** Holds the ring open for programs of the domain, and does nothing else. */
    public static GuestKernel bare(SimDomain domain) {
        return new GuestKernel(domain, false);
    }

    /** A guest that gives its toolstack trouble. */
    public static GuestKernel misbehaving(SimDomain domain, Misbehaviour how) {
        GuestKernel kernel = new GuestKernel(domain, false);
        return switch (how) {
            case IGNORES_SHUTDOWN -> kernel.with(new Vcpus()).with(kernel.frontends);
            case CRASHES_AT_BOOT -> kernel.with(_ -> domain.crash());
            case TRIPLE_FAULTS -> kernel.with(_ -> domain.tripleFault());
        };
    }

    /** Adds a driver, which starts after those it has; before the domain runs. */
    public GuestKernel with(Driver driver) {
        loop.add(driver);
        return this;
    }

    /** The driver of one of its devices, if it has started. */
    public Optional<Frontend> frontend(DeviceId device) {
        return frontends.frontend(device);
    }

    @Override
    public SimDomain domain() {
        return domain;
    }

    @Override
    public Optional<XenstoreClient> store() {
        return loop.store();
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop();
    }
}
