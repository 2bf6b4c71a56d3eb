package org.jxenstored.sim.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.sim.host.GuestProgram;
import org.jxenstored.sim.host.ShutdownCode;
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
 * may fail one by one. After a soft reset it starts from the beginning (L-SUSP-9).
 */
public final class GuestKernel implements GuestProgram, Kernel {
    private final SimDomain domain;
    private final Personality personality;
    private final List<Supplier<Driver>> more = new ArrayList<>(0);

    // Of its present life; guarded by this.
    private FrontendBus frontends = new FrontendBus();
    private @Nullable KernelLoop loop;
    private Runnable watchesReset = () -> {};

    private enum Personality {
        ORDINARY,
        DEAF,
        BARE
    }

    /** An ordinary guest, with frontends for all devices the toolstack gives it. */
    public GuestKernel(SimDomain domain) {
        this(domain, Personality.ORDINARY);
    }

    private GuestKernel(SimDomain domain, Personality personality) {
        this.domain = domain;
        this.personality = personality;
    }

    /** An ordinary guest that also serves other guests' devices, well or badly. */
    public static GuestKernel driverDomain(SimDomain domain, BackendManner manner) {
        return new GuestKernel(domain).with(() -> new BackendBus(manner));
    }

    /** A kernel that wakes up in a new domain after a restore: it announces itself and connects its devices anew. */
    public static GuestKernel restored(SimDomain domain) {
        Party self = Party.domain(domain.domid());
        return new GuestKernel(domain)
                .with(() ->
                        _ -> domain.host().timeline().note(domain.uniqueId(), self, self, "goes on after the restore"));
    }

    /** Holds the ring open for programs of the domain, and does nothing else. */
    public static GuestKernel bare(SimDomain domain) {
        return new GuestKernel(domain, Personality.BARE);
    }

    /** A guest that gives its toolstack trouble. */
    public static GuestKernel misbehaving(SimDomain domain, Misbehaviour how) {
        return switch (how) {
            case IGNORES_SHUTDOWN -> new GuestKernel(domain, Personality.DEAF);
            case CRASHES_AT_BOOT -> bare(domain).with(() -> _ -> domain.shutdown(ShutdownCode.CRASH));
            case TRIPLE_FAULTS -> bare(domain).with(() -> _ -> domain.tripleFault());
        };
    }

    /**
     * Adds a driver, which starts after those it has; before the domain runs.
     *
     * @param driver makes it, once for each life of the kernel
     */
    public GuestKernel with(Supplier<Driver> driver) {
        more.add(driver);
        return this;
    }

    private List<Driver> drivers(Power power, FrontendBus devices) {
        List<Driver> drivers = new ArrayList<>();
        if (personality != Personality.BARE) {
            drivers.add(new Vcpus());
            if (personality == Personality.ORDINARY) {
                drivers.add(new ShutdownDriver(power));
                drivers.add(new SuspendChannel(power));
            }
            drivers.add(devices);
        }
        more.forEach(driver -> drivers.add(driver.get()));
        return List.copyOf(drivers);
    }

    /** The driver of one of its devices, if it has started. */
    public synchronized Optional<Frontend> frontend(DeviceId device) {
        return frontends.frontend(device);
    }

    @Override
    public SimDomain domain() {
        return domain;
    }

    @Override
    public synchronized Optional<XenstoreClient> store() {
        return loop == null ? Optional.empty() : loop.store();
    }

    @Override
    public synchronized void onWatchesReset(Runnable listener) {
        watchesReset = listener;
        if (loop != null) {
            loop.onWatchesReset(listener);
        }
    }

    @Override
    public synchronized void start() {
        FrontendBus devices = new FrontendBus();
        KernelLoop life = new KernelLoop(domain, power -> drivers(power, devices));
        life.onWatchesReset(watchesReset);
        frontends = devices;
        loop = life;
        life.start();
    }

    @Override
    public synchronized void stop() {
        if (loop != null) {
            loop.stop();
        }
    }
}
