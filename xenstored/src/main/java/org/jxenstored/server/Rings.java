package org.jxenstored.server;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.RingHost;
import org.jxenstored.hypervisor.EventChannels;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.journal.Journal;
import org.jxenstored.journal.RingState;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.RingPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All mapped rings, by the event channel port that tells of them. */
final class Rings implements RingHost {
    private static final Logger log = LoggerFactory.getLogger(Rings.class);

    private final Hypervisor hypervisor;
    private final EventChannels eventChannels;
    private final Turns turns;
    private final Map<Integer, RingConnection> byPort = new HashMap<>();
    private final Set<RingConnection> all = new LinkedHashSet<>();

    private final GuestTurns guests;
    private Optional<Journal> journal = Optional.empty();
    private @Nullable Engine engine;

    /** @param guests all that are served in turn */
    Rings(Hypervisor hypervisor, Turns turns, GuestTurns guests) {
        this.hypervisor = hypervisor;
        this.eventChannels = hypervisor.eventChannels();
        this.turns = turns;
        this.guests = guests;
    }

    void serve(Engine served) {
        engine = served;
    }

    /** From now on what rings do is remembered. */
    void remember(Journal kept) {
        journal = Optional.of(kept);
    }

    Optional<Journal> journal() {
        return journal;
    }

    @Override
    public Attachment attach(int domid, long gfn, int port) {
        try {
            return attach(domid, gfn, hypervisor.rings().map(domid, gfn), port);
        } catch (HypervisorException e) {
            return new Attachment.Refused(e.errno(), String.valueOf(e.getMessage()));
        }
    }

    /** The page a domain shares now; empty if it cannot be mapped. */
    Optional<MappedRing> map(int domid, long gfn) {
        try {
            return Optional.of(hypervisor.rings().map(domid, gfn));
        } catch (HypervisorException e) {
            log.warn("domain {} is introduced again, but its page cannot be mapped again: {}", domid, e.getMessage());
            return Optional.empty();
        }
    }

    /** The ring of the daemon's own kernel. */
    Attachment attach(OwnRing own) {
        return attach(own.domid(), RingMapper.NO_FRAME, own.ring(), own.remotePort());
    }

    private Attachment attach(int domid, long gfn, MappedRing mapping, int port) {
        int remotePort = remotePort(mapping.page(), port);
        if (remotePort == 0) {
            mapping.close();
            return new Attachment.Refused(Errno.EINVAL, "it has no event channel for the store");
        }
        try {
            int local = eventChannels.bindInterdomain(domid, remotePort);
            RingConnection ring = new RingConnection(
                    Objects.requireNonNull(engine),
                    turns,
                    this,
                    eventChannels,
                    new RingConnection.Place(domid, gfn, remotePort),
                    mapping,
                    local);
            byPort.put(local, ring);
            all.add(ring);
            return new Attachment.Attached(ring);
        } catch (HypervisorException e) {
            mapping.close();
            return new Attachment.Refused(e.errno(), String.valueOf(e.getMessage()));
        } catch (RuntimeException defect) {
            mapping.close();
            throw defect;
        }
    }

    /** A port that Xen put into the page goes before the one that was asked for (P-INTRO-6). */
    private static int remotePort(RingPage page, int asked) {
        int preset = page.eventChannel();
        return preset != 0 ? preset : asked;
    }

    /** Binds another port of a guest; empty if that fails. */
    OptionalInt rebind(RingConnection ring, int domid, RingPage page, int port) {
        try {
            int local = eventChannels.bindInterdomain(domid, remotePort(page, port));
            byPort.put(local, ring);
            return OptionalInt.of(local);
        } catch (HypervisorException e) {
            log.warn("domain {} is introduced again, but its event channel cannot be bound: {}", domid, e.getMessage());
            return OptionalInt.empty();
        }
    }

    void unbind(int port) {
        byPort.remove(port);
        eventChannels.unbind(port);
    }

    void forget(RingConnection ring) {
        all.remove(ring);
        guests.leave(ring);
    }

    /** A port fired. */
    void pending(int port) {
        RingConnection ring = byPort.get(port);
        if (ring != null) {
            try {
                boolean _ = guests.serve(ring);
            } finally {
                if (byPort.containsKey(port)) {
                    eventChannels.unmask(port);
                }
            }
        }
    }

    /** How far all are that are served; a copy. */
    List<RingState> states() {
        return all.stream().flatMap(ring -> ring.state().stream()).toList();
    }

    /** Looks at every ring, in case a notification was lost (S-RING-16). */
    void lookAtAll() {
        all.forEach(this::lookLater);
    }

    /** Looks at this ring in a later turn, after those that wait already. */
    void lookLater(RingConnection ring) {
        guests.serveLater(ring);
    }

    /** Unbinds and unmaps all. */
    void close() {
        List.copyOf(all).forEach(RingConnection::close);
    }
}
