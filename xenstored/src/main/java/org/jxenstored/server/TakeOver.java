package org.jxenstored.server;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.RingHost.Attachment;
import org.jxenstored.engine.RingHost.Attachment.Refused;
import org.jxenstored.engine.RingLink;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.Hypervisor;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.MappedRing;
import org.jxenstored.hypervisor.OwnRing;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.journal.Opened;
import org.jxenstored.journal.RingImage;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Feature;
import org.jxenstored.protocol.RingPage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what was there before the daemon: the store and the rings that an earlier one left, and the domains that exist
 * (S-RUN-2).
 *
 * <p>A ring is resumed if an earlier daemon served it: all of it goes on. It is adopted if none did, and its domain is
 * introduced then. What the earlier daemon left is not kept here, as it holds a whole tree.
 */
final class TakeOver {
    private static final Logger log = LoggerFactory.getLogger(TakeOver.class);

    private final Engine engine;
    private final Hypervisor hypervisor;
    private final Rings rings;

    /** Domains whose rings an earlier daemon served. */
    private final Set<Integer> resumed = new HashSet<>();

    TakeOver(Engine engine, Hypervisor hypervisor, Rings rings) {
        this.engine = engine;
        this.hypervisor = hypervisor;
        this.rings = rings;
    }

    /** The store becomes what it was; before anybody is connected, and before anything is remembered. */
    void restore(Opened earlier) {
        earlier.image().ifPresent(image -> engine.restore(image, earlier.epoch()));
        if (!isOfSameBoot(earlier)) {
            log.info("the machine was started anew: the domains of before are gone");
            engine.endAllDomains();
        }
    }

    private boolean isOfSameBoot(Opened earlier) {
        return earlier.isOfSameBoot(hypervisor.boot());
    }

    /**
     * Connects the kernel of the daemon's own domain.
     *
     * @throws HypervisorException if it has a ring that cannot be had
     */
    void takeOwn(Optional<Opened> earlier) throws HypervisorException {
        Optional<OwnRing> own = hypervisor.rings().ownRing();
        own.ifPresent(ring -> takeOwn(ring, earlier.filter(this::isOfSameBoot)));
    }

    private void takeOwn(OwnRing own, Optional<Opened> earlier) {
        Optional<RingImage> image = earlier.flatMap(state -> state.ring(own.domid()));
        switch (rings.attach(own)) {
            case Attachment.Attached(RingConnection ring)
            when image.filter(ring::mayBe).isPresent() -> resume(ring, image.get(), earlier.get());
            case Attachment.Attached(var link) -> engine.adoptRing(own.domid(), link);
            case Refused(var _, String why) ->
                log.warn("domain {}'s own kernel is not connected to the store: {}", own.domid(), why);
        }
    }

    /** Connects all other domains that can be. */
    void takeGuests(Optional<Opened> earlier) {
        earlier.filter(this::isOfSameBoot).ifPresent(this::resumeGuests);
        earlier.filter(state -> state.image().isPresent()).ifPresent(state -> tellOf(state.directory()));
        adoptGuests();
        earlier.ifPresent(this::forgetOthers);
    }

    /** A ring that is not that of before has none of its watches. One that cannot be had now may be taken up later. */
    private void forgetOthers(Opened earlier) {
        for (Domain domain : engine.domains().all()) {
            if (!resumed.contains(domain.domid()) && engine.hasRing(domain.domid())) {
                earlier.watches(domain.domid()).forEach(engine.changes()::lost);
            }
        }
    }

    /** All there is now was there before: nobody has connected yet. */
    private void tellOf(Path directory) {
        Collection<Domain> domains = engine.domains().all();
        log.info(
                "took up what an earlier daemon left in {}: nodes {}, domains {}, rings {}, watches {}",
                directory,
                domains.stream()
                        .mapToLong(domain -> domain.gauge(QuotaName.NODES).value())
                        .sum(),
                domains.size(),
                resumed.size(),
                engine.watches().all().size());
    }

    /** Those whose rings an earlier daemon served, and who are still the same (S-STR-9, S-STR-10). */
    private void resumeGuests(Opened earlier) {
        for (Domain domain : engine.domains().all()) {
            if (domain.isIntroduced() && !engine.hasRing(domain.domid())) {
                earlier.ring(domain.domid())
                        .filter(_ -> engine.domains().stateOf(domain).isPresent())
                        .ifPresent(image -> resume(image, earlier));
            }
        }
    }

    private void resume(RingImage image, Opened earlier) {
        switch (rings.attach(image.domid(), image.gfn(), image.remotePort())) {
            case Attachment.Attached(var link) -> resume(link, image, earlier);
            case Refused(var _, String why) -> {
                log.warn("domain {} is not served any more: {}", image.domid(), why);
                tellOfLoss(image);
            }
        }
    }

    /** A guest whose page can be had, but not its event channel, finds the reason there (S-RING-8, S-STR-9). */
    private void tellOfLoss(RingImage image) {
        Domain domain = engine.domains().get(image.domid());
        if (domain == null || !Feature.ERROR_INDICATOR.in(domain.features())) {
            return;
        }
        try (MappedRing mapping = hypervisor.rings().map(image.domid(), image.gfn())) {
            mapping.page().setError(RingPage.ERROR_COMMUNICATION);
        } catch (HypervisorException e) {
            log.debug("domain {} cannot be told either: {}", image.domid(), e.getMessage());
        }
    }

    private void resume(RingLink link, RingImage image, Opened earlier) {
        resumed.add(image.domid());
        if (link instanceof RingConnection ring) {
            ring.resume(image);
        }
        engine.resumeRing(image.domid(), link, image.ignored(), image.output(), earlier.watches(image.domid()));
    }

    private void adoptGuests() {
        for (DomainState state : engine.existingDomains()) {
            int domid = state.domid();
            if (domid != engine.config().storeDomid()
                    && domid != engine.config().privDomid()
                    && !state.isDead()
                    && !engine.hasRing(domid)) {
                adopt(domid, 0)
                        .ifPresent(refused -> log.info("domain {} waits for its INTRODUCE: {}", domid, refused.why()));
            }
        }
    }

    /**
     * Connects the control domain's kernel, if an earlier daemon did not serve it.
     *
     * @param port the kernel's event channel for the store; 0 if only its page can tell (P-INTRO-6)
     * @return why it cannot be connected; empty if it is
     */
    Optional<Refused> takeControlDomain(int port) {
        int domid = engine.config().privDomid();
        return resumed.contains(domid) ? Optional.empty() : adopt(domid, port);
    }

    /** Returns why it cannot be; empty if all is well. */
    private Optional<Refused> adopt(int domid, int port) {
        if (engine.hasRing(domid)) {
            return Optional.of(new Refused(Errno.EEXIST, "its kernel is connected already"));
        }
        return switch (rings.attach(domid, RingMapper.NO_FRAME, port)) {
            case Attachment.Attached(var link) -> {
                engine.adoptRing(domid, link);
                yield Optional.empty();
            }
            case Refused refused -> Optional.of(refused);
        };
    }
}
