package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jxenstored.domain.Domain;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.journal.Opened;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.trace.Tracer;

/** One life of the daemon's server, in dom0 of a host in virtual time or in a domain of its own. */
final class Daemon {
    private final TrackedXen xen;
    private final VirtualLoop loop;
    private final XenstoreServer server;
    private final Optional<Opened> state;

    /** Starts one that keeps nothing, where it has its connection to the host. */
    Daemon(SimulatedXen place, VirtualTime time) {
        this(place, time, Optional.empty());
    }

    /** Starts one that keeps the store in this directory, or goes on with what is kept there. */
    Daemon(SimulatedXen place, VirtualTime time, Optional<Path> directory) {
        xen = new TrackedXen(place);
        loop = new VirtualLoop(time);
        Tracer tracer = new Tracer(Optional.empty(), Set.of(), Path.of("/"));
        try {
            state = directory.isPresent()
                    ? Optional.of(Opened.open(directory.get(), false, false, Runnable::run))
                    : Optional.empty();
            server = XenstoreServer.start(config(place), xen, loop, time::millis, tracer, state);
            if (place.controlDomainPort().isPresent()) {
                server.adoptControlDomain(place.controlDomainPort().getAsInt());
            }
        } catch (HypervisorException | IOException e) {
            throw new IllegalStateException("the daemon does not start", e);
        }
    }

    private static EngineConfig config(SimulatedXen place) {
        EngineConfig usual = EngineConfig.DEFAULT;
        return new EngineConfig(
                place.daemonsDomain().domid(),
                usual.privDomid(),
                usual.quotas(),
                usual.watchEventTimeoutSeconds(),
                usual.keepOrphans(),
                usual.socketQueueBytes(),
                EngineConfig.DEFAULT_EVENTS_AT_ONCE);
    }

    XenstoreServer server() {
        return server;
    }

    /** What it sees of the hypervisor. */
    TrackedXen xen() {
        return xen;
    }

    /** Domids of the domains whose rings it has mapped, ascending. */
    List<Integer> mapped() {
        return xen.mapped();
    }

    /** All that is counted is right, and the rings of those who are introduced are mapped, and no others. */
    void check() {
        assertThat(new ConsistencyCheck(server.engine()).findings()).isEmpty();
        List<Integer> introduced = server.engine().domains().all().stream()
                .filter(Domain::isIntroduced)
                .map(Domain::domid)
                .filter(this::hasRing)
                .toList();
        assertThat(mapped()).as("rings that are mapped").isEqualTo(introduced);
    }

    /** A domain for the store alone has nobody in it who would need one. */
    private boolean hasRing(int domid) {
        EngineConfig config = server.engine().config();
        return domid != config.storeDomid() || domid == config.privDomid();
    }

    /** Ends it as kill -9 does: the kernel takes back what it had, and nothing is written any more. */
    void kill() {
        loop.stop();
        xen.close();
        state.ifPresent(kept -> {
            try {
                kept.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Ends it; it must have given back all that it had. */
    void stop() {
        server.close();
        boolean hasPlans = loop.hasPlans();
        loop.stop();
        List<Integer> stillMapped = xen.mapped();
        List<Integer> stillBound = xen.bound();
        xen.close();
        assertThat(stillMapped)
                .as("domains whose rings are mapped after the end")
                .isEmpty();
        assertThat(stillBound).as("ports that are bound after the end").isEmpty();
        assertThat(hasPlans).as("something is to be done after the end").isFalse();
    }
}
