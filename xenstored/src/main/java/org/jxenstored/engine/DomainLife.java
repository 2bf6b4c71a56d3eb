package org.jxenstored.engine;

import java.util.List;
import java.util.Optional;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.domain.WriteRateLimit;
import org.jxenstored.engine.RingHost.Attachment;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.Value;
import org.jxenstored.watch.Watch;
import org.jxenstored.watch.WatchImage;

/** What happens to a domain in the store: introduction, shutdown, death, and who is told (lifecycle.md section 9). */
public final class DomainLife {
    private final EngineConfig config;
    private final Domains domains;
    private final Connections connections;
    private final LiveStore store;
    private final WriteRateLimit rateLimit;
    private final RingHost rings;
    private final EngineClock clock;
    private final EngineTrace trace;
    private final EventDelivery delivery;
    private final DomainCleanUp cleanUp;

    DomainLife(
            EngineConfig config,
            Domains domains,
            Connections connections,
            LiveStore store,
            WriteRateLimit rateLimit,
            RingHost rings,
            EngineClock clock,
            EventDelivery delivery) {
        this.config = config;
        this.domains = domains;
        this.connections = connections;
        this.store = store;
        this.rateLimit = rateLimit;
        this.rings = rings;
        this.clock = clock;
        this.delivery = delivery;
        this.trace = delivery.trace();
        this.cleanUp = new DomainCleanUp(config, domains, connections, store, rateLimit, clock, delivery);
    }

    /** First INTRODUCE maps and binds; a repeated one rebinds and resets (P-INTRO-4 to P-INTRO-12). */
    Reply introduce(int domid, long gfn, int port) {
        verifyIdentity(domid);
        Connection present = connections.ringOf(domid);
        if (present != null && present.link() instanceof RingLink link) {
            if (domains.isSameAsBefore(present.domain()) || link.remap(gfn)) {
                link.rebind(port);
                restart(present, link);
                link.acknowledgeReconnect();
                return Reply.OK;
            }
            trace.warn(present.domain() + " is introduced again and shares another page: it is taken for a new domain");
            cleanUp.end(present.domain());
        }
        return switch (rings.attach(domid, gfn, port)) {
            case Attachment.Refused(Errno errno, String why) -> refuse(domid, errno, why);
            case Attachment.Attached(RingLink link) -> introduce(domid, link);
        };
    }

    /**
     * The domain whose page is mapped now. Only from here on its identity cannot change under our hands: who has a page
     * mapped by somebody keeps its number (L-REF-1). So it is looked at again.
     */
    private Reply introduce(int domid, RingLink link) {
        Domain domain;
        try {
            endPredecessor(domid);
            verifyIdentity(domid);
            if (!isHost(domid) && !domains.isAlive(domid)) {
                link.close();
                return refuse(domid, Errno.EINVAL, "it is dead");
            }
            domain = domains.know(domid);
            domains.noteIdentity(domain);
        } catch (RuntimeException defect) {
            link.close();
            throw defect;
        }
        begin(domain, link);
        link.restart();
        link.acknowledgeReconnect();
        return Reply.OK;
    }

    private Reply refuse(int domid, Errno errno, String why) {
        trace.warn("cannot introduce domain " + domid + ": " + why);
        return Reply.failed(errno);
    }

    /** A listener's identity was that of an earlier domain of this number: nothing of it is for the new one (L-RACE-3). */
    private void endPredecessor(int domid) {
        Domain domain = domains.get(domid);
        if (domain != null && !domain.isIntroduced() && domains.isSucceeded(domain)) {
            cleanUp.end(domain);
        }
    }

    /** A domain that was there before the daemon: its indexes are kept (S-RING-7). */
    void adopt(int domid, RingLink link) {
        Domain domain = domains.know(domid);
        domains.noteIdentity(domain);
        begin(domain, link);
        link.announceService();
    }

    /** A ring that an earlier daemon served: all goes on, and each watch is told once (S-STR-6). */
    void resume(int domid, RingLink link, boolean ignored, Value owed, List<WatchImage> watched) {
        Domain domain = domains.know(domid);
        if (!domain.isExempt()) {
            rateLimit.join(domain, clock.millis());
        }
        Connection connection = connections.openRing(domain, link);
        connection.setIgnored(ignored);
        connection.goOnWithEarlierTransactions();
        connection.output().resume(owed);
        link.nudge();
        String home = NodePath.homeOf(domid);
        for (WatchImage image : watched) {
            NodePath.parse(image.path(), home).ifPresent(path -> {
                long order = connections.nextWatchOrder();
                Watch watch = new Watch(connection, order, path, image.token(), image.depth(), image.relative());
                connections.add(connection, watch);
                delivery.deliverFirst(connection, watch, watch.shown(image.path(), home));
            });
        }
    }

    private void begin(Domain domain, RingLink link) {
        int domid = domain.domid();
        domain.setIntroduced();
        if (!domain.isExempt()) {
            rateLimit.join(domain, clock.millis());
        }
        link.announceFeatures(domain.features());
        connections.openRing(domain, link);
        if (!isHost(domid)) {
            store.announce(SpecialPath.INTRODUCE_DOMAIN, domid);
        }
    }

    private boolean isHost(int domid) {
        return domid == config.privDomid() || domid == config.storeDomid();
    }

    /** The connection begins anew, as if just introduced (P-INTRO-8, P-INTRO-11, P-INTRO-12, S-RING-11). */
    void restart(Connection connection, RingLink link) {
        connections.reset(connection);
        connection.setIgnored(false);
        link.restart();
    }

    /** The domain is taken out of the store though it may live on (P-REL-5). */
    void release(Domain domain) {
        cleanUp.end(domain);
    }

    /** Every domain there was has ended. */
    void endAll() {
        domains.all().stream().filter(domain -> !domain.isPinned()).forEach(cleanUp::end);
    }

    /** Looks at every domain that changed; after VIRQ_DOM_EXC. */
    void scan() {
        List<Integer> changed = domains.hypervisor().recordsChanges()
                ? domains.hypervisor().takeChanged()
                : domains.all().stream().map(Domain::domid).toList();
        examine(changed);
    }

    /** Looks at every known domain: news may have been lost (L-SCAN-13). */
    void scanAll() {
        examine(domains.all().stream().map(Domain::domid).toList());
    }

    /** Looks at one domain, as a scan would. */
    void examine(Domain domain) {
        examine(List.of(domain.domid()));
    }

    private void examine(List<Integer> domids) {
        Scan scan = new Scan();
        for (int domid : domids) {
            Domain domain = domains.get(domid);
            if (domain != null && !domain.isPinned()) {
                scan.examineSafely(domain);
            }
        }
        scan.finish();
    }

    /** One look at some or all domains, in ascending order. */
    private final class Scan {
        /** A shutdown was told with the domid only; watchers without depth still have to hear of it (L-SCAN-9). */
        private boolean plainOwed;

        /** A defect at one domain, or a hypervisor that cannot be asked, must not hide what happened to the others. */
        void examineSafely(Domain domain) {
            try {
                examine(domain);
            } catch (RuntimeException defect) {
                trace.defect("looking at " + domain, defect);
            }
        }

        /** L-SCAN-4 to L-SCAN-8. */
        private void examine(Domain domain) {
            Optional<DomainState> state = domains.stateOf(domain);
            if (!domain.isIntroduced()) {
                if (state.isEmpty()) {
                    cleanUp.end(domain);
                }
                return;
            }
            if (state.isPresent() && state.get().shutdown() && !domain.isShutdownReported()) {
                domain.setShutdownReported(true);
                store.announceDomain(SpecialPath.RELEASE_DOMAIN, domain.domid());
                plainOwed = true;
            }
            if (state.isEmpty() || state.get().isDead()) {
                cleanUp.end(domain);
                plainOwed = false;
            }
        }

        void finish() {
            if (plainOwed) {
                store.announcePlain(SpecialPath.RELEASE_DOMAIN);
            }
        }
    }

    /** If another domain took over the domid, or none has it any more, the old one's end is handled now (L-RACE-5). */
    void verifyIdentity(int domid) {
        Domain domain = domains.get(domid);
        if (domain != null && !domain.isPinned() && isOver(domain)) {
            cleanUp.end(domain);
        }
    }

    private boolean isOver(Domain domain) {
        Optional<DomainState> state = domains.stateOf(domain);
        return state.isEmpty() || (domain.isIntroduced() && state.get().isDead());
    }

    /** The guest broke the protocol; it is told why, if it understands, and no longer served (S-RING-8, S-RING-9). */
    void ignore(Connection connection, int error, String reason) {
        String news = "ignoring " + connection + " until it begins anew: " + reason;
        if (connection.domain().warnings().ignored(clock.millis())) {
            trace.warn(news);
        } else {
            trace.note(() -> news);
        }
        connections.reset(connection);
        connection.setIgnored(true);
        if (connection.link() instanceof RingLink link) {
            link.announceError(error);
        }
    }
}
