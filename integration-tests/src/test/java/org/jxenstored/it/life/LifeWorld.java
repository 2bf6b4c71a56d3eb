package org.jxenstored.it.life;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.dom0.WayToStore;
import org.jxenstored.sim.guest.StoreRing;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.toolstack.Records;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/**
 * A simulated machine with the real daemon server on it, in virtual time.
 *
 * <p>The daemon serves real ring pages; everybody else is its client: guests over their rings, dom0 over its own.
 */
final class LifeWorld {
    private static final long SEED = 1;

    private final Machine machine;
    private final VirtualTime time;
    private final SimHost host;
    private final SpecialEvents events;
    private final Map<SimDomain, XenstoreClient> stores = new LinkedHashMap<>();
    private Optional<Path> state = Optional.empty();
    private @Nullable Daemon daemon;
    private @Nullable Dom0 programs;
    private int storeDomid;

    /** Switches the machine on and starts the daemon. */
    LifeWorld(Machine machine) {
        this.machine = machine;
        this.time = machine.newTime();
        this.host = new SimHost(SEED, time);
        this.events = new SpecialEvents(host);
        startDaemon();
    }

    Machine machine() {
        return machine;
    }

    VirtualTime time() {
        return time;
    }

    SimHost host() {
        return host;
    }

    Daemon daemon() {
        return running().orElseThrow(() -> new IllegalStateException("the daemon does not run"));
    }

    private Optional<Daemon> running() {
        return Optional.ofNullable(daemon);
    }

    /** Starts the daemon, the first time or again. */
    void startDaemon() {
        if (daemon != null) {
            throw new IllegalStateException("the daemon runs already");
        }
        time.onPump(() -> run(new SimulatedXen(host, machine.hasUniqueIds())));
    }

    /** Moves the store into a domain of its own before anybody has used it; gives that domain. */
    SimDomain moveStoreToStubDomain() throws HypervisorException {
        stopDaemon();
        SimulatedXen place = SimulatedXen.inStubDomain(new Dom0(host, new Records()), machine.hasUniqueIds());
        run(place);
        return place.daemonsDomain();
    }

    /** Starts the daemon anew, with an empty store, and from now on the store is kept in this directory. */
    void keepStoreIn(Path directory) {
        stopDaemon();
        state = Optional.of(directory);
        startDaemon();
    }

    /** The daemon is killed and comes back; the host, its guests and what they wait for go on. */
    void killAndRestartDaemon() {
        killDaemon();
        startDaemon();
    }

    /** The daemon is killed; who is connected hears nothing of it. */
    void killDaemon() {
        time.onPump(daemon()::kill);
        daemon = null;
    }

    private void run(SimulatedXen place) {
        Daemon started = new Daemon(place, time, state);
        events.watch(started.server());
        daemon = started;
        storeDomid = place.daemonsDomain().domid();
    }

    /** Ends the daemon with the connections of all clients; the host and its guests go on. */
    void stopDaemon() {
        Daemon old = daemon();
        daemon = null;
        closeStores();
        old.stop();
    }

    private void closeStores() {
        List<XenstoreClient> all = new ArrayList<>(stores.values());
        stores.clear();
        all.forEach(XenstoreClient::close);
    }

    /** The connection of a domain's kernel over its ring, which is made when it is first asked for; for programs. */
    XenstoreClient store(SimDomain domain) {
        XenstoreClient known = stores.get(domain);
        if (known == null) {
            if (!Thread.currentThread().isVirtual()) {
                throw new IllegalStateException("a connection is made by a program, so that its threads belong here");
            }
            known = XenstoreClient.connect(StoreRing.of(domain));
            stores.put(domain, known);
        }
        return known;
    }

    /** The kernel of a domain is no more. */
    void closeStore(SimDomain domain) {
        XenstoreClient known = stores.remove(domain);
        if (known != null) {
            known.close();
        }
    }

    /** The privileged connection. */
    XenstoreClient dom0() {
        return programs == null
                ? store(host.dom0())
                : programs.kernel()
                        .store()
                        .orElseThrow(() -> new IllegalStateException("dom0's kernel has not booted"));
    }

    /**
     * Starts what runs in dom0 of a real host: a kernel with backends, a toolstack, and its watch over deaths. All of
     * them use dom0's ring, so {@link #dom0} must not have been asked for before.
     */
    Toolstack startToolstack(Records records) throws ToolstackException {
        if (programs != null || stores.containsKey(host.dom0())) {
            throw new IllegalStateException("somebody uses dom0's ring already");
        }
        Dom0 dom0 = new Dom0(host, records);
        programs = dom0;
        dom0.daemonIsServing(new WayToStore.OwnRing(storeDomid));
        return dom0.toolstack();
    }

    /** What was seen of {@code @introduceDomain} and {@code @releaseDomain}. */
    SpecialEvents events() {
        return events;
    }

    /** Runs a program to its end; for the pump. */
    void run(Program program) throws Exception {
        var _ = time.call("test", () -> {
            program.run();
            return true;
        });
    }

    /** Something that may block and fail. */
    @FunctionalInterface
    interface Program {
        void run() throws Exception;
    }

    /** Switches the machine off; what must hold at any time has to hold now. For the pump. */
    void close() throws InterruptedException {
        time.settle();
        try {
            running().ifPresent(Daemon::check);
        } finally {
            time.end();
            if (programs != null) {
                programs.close();
            }
            if (daemon != null) {
                stopDaemon();
            }
            host.close();
            time.settle();
        }
    }

    /** Lets a lot of time pass, in which all that happens only now and then happens. */
    void waitLong() throws InterruptedException {
        time.pass(Duration.ofMinutes(2));
    }
}
