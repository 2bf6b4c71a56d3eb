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
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.DomainTraces;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;
import org.jxenstored.store.UseByDomain;
import org.jxenstored.transaction.Draft;

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
        this.trace = delivery.trace();
        this.delivery = delivery;
    }

    /** First INTRODUCE maps and binds; a repeated one rebinds and resets (P-INTRO-4 to P-INTRO-12). */
    Reply introduce(int domid, long gfn, int port) {
        verifyIdentity(domid);
        Connection present = connections.ringOf(domid);
        if (present != null && present.link() instanceof RingLink link) {
            link.rebind(port);
            restart(present, link);
            link.acknowledgeReconnect();
            return Reply.OK;
        }
        return switch (rings.attach(domid, gfn, port)) {
            case Attachment.Refused(Errno errno, String why) -> {
                trace.warn("cannot introduce domain " + domid + ": " + why);
                yield Reply.failed(errno);
            }
            case Attachment.Attached(RingLink link) -> {
                begin(domid, link);
                link.restart();
                link.acknowledgeReconnect();
                yield Reply.OK;
            }
        };
    }

    /** A domain that was there before the daemon: its indexes are kept (S-RING-7). */
    void adopt(int domid, RingLink link) {
        begin(domid, link);
        link.acknowledgeReconnect();
    }

    private void begin(int domid, RingLink link) {
        Domain domain = domains.know(domid);
        domains.noteIdentity(domain);
        domain.setIntroduced();
        if (!domain.isExempt()) {
            rateLimit.join(domain, clock.millis());
        }
        link.announceFeatures(domain.features());
        connections.openRing(domain, link);
        if (domid != config.privDomid() && domid != config.storeDomid()) {
            store.announce(SpecialPath.INTRODUCE_DOMAIN, domid);
        }
    }

    /** The connection begins anew, as if just introduced (P-INTRO-8, P-INTRO-11, P-INTRO-12, S-RING-11). */
    void restart(Connection connection, RingLink link) {
        connections.reset(connection);
        connection.setIgnored(false);
        link.restart();
    }

    /** The domain is taken out of the store though it may live on (P-REL-5). */
    void release(Domain domain) {
        end(domain);
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
        boolean plainOwed = false;
        for (int domid : domids) {
            Domain domain = domains.get(domid);
            if (domain != null && !domain.isPinned()) {
                plainOwed = examineSafely(domain, plainOwed);
            }
        }
        if (plainOwed) {
            store.announcePlain(SpecialPath.RELEASE_DOMAIN);
        }
    }

    /** A defect at one domain must not hide what happened to the others. */
    private boolean examineSafely(Domain domain, boolean plainOwed) {
        try {
            return examine(domain, plainOwed);
        } catch (RuntimeException defect) {
            trace.defect("looking at " + domain, defect);
            return plainOwed;
        }
    }

    /** L-SCAN-4 to L-SCAN-8; returns whether the event without domid is still owed (L-SCAN-9). */
    private boolean examine(Domain domain, boolean plainOwed) {
        boolean owed = plainOwed;
        Optional<DomainState> state = domains.stateOf(domain);
        if (!domain.isIntroduced()) {
            if (state.isEmpty()) {
                end(domain);
            }
            return owed;
        }
        if (state.isPresent() && state.get().shutdown() && !domain.isShutdownReported()) {
            domain.setShutdownReported(true);
            store.announceDomain(SpecialPath.RELEASE_DOMAIN, domain.domid());
            owed = true;
        }
        if (state.isEmpty() || state.get().isDead()) {
            end(domain);
            owed = false;
        }
        return owed;
    }

    /** If another domain took over the domid, or none has it any more, the old one's end is handled now (L-RACE-5). */
    void verifyIdentity(int domid) {
        Domain domain = domains.get(domid);
        if (domain != null && !domain.isPinned() && isOver(domain)) {
            end(domain);
        }
    }

    private boolean isOver(Domain domain) {
        Optional<DomainState> state = domains.stateOf(domain);
        return state.isEmpty() || (domain.isIntroduced() && state.get().isDead());
    }

    private void end(Domain domain) {
        delivery.withoutCause(() -> endNow(domain));
    }

    /** Everything the domain had in the store goes, in the order of S-DEATH-1 to S-DEATH-7. */
    private void endNow(Domain domain) {
        int domid = domain.domid();
        List<Connection> all = connections.of(domain);
        all.forEach(connections::reset);
        removeNodes(domid);
        removeGrants(domid);
        domains.forget(domain);
        all.forEach(this::endConnection);
        if (domain.isIntroduced()) {
            rateLimit.leave(domain, clock.millis());
            store.announce(SpecialPath.RELEASE_DOMAIN, domid);
        }
    }

    private void endConnection(Connection connection) {
        connections.close(connection);
        if (connection.link() instanceof RingLink link) {
            link.close();
        } else {
            connection.link().cutOff("its " + connection.domain() + " is gone");
        }
    }

    private void removeNodes(int domid) {
        DomainTraces traces = new DomainTraces(domid);
        for (StorePath path : traces.ownedIn(store.tree())) {
            Node node = store.tree().find(path);
            if (node != null) {
                Draft draft = store.draft();
                if (config.keepOrphans()) {
                    trace.note("orphan of domain " + domid + " moved to domain " + config.privDomid() + ": " + path);
                    handOver(draft, path, node, domid);
                } else {
                    trace.note("orphan of domain " + domid + " deleted: " + path);
                    draft.remove(path, node);
                }
                store.install(draft);
            }
        }
        inherit(StorePath.ROOT, domid);
        inherit(SpecialPath.INTRODUCE_DOMAIN, domid);
        inherit(SpecialPath.RELEASE_DOMAIN, domid);
    }

    /** Nodes that cannot be removed go to the control domain, so that no successor owns them (S-PERM-8). */
    private void inherit(NodePath path, int domid) {
        Node node = store.tree().find(path);
        if (node != null && node.owner() == domid) {
            Draft draft = store.draft();
            draft.setPermissions(path, node, node.permissions().withOwner(config.privDomid()));
            store.install(draft);
        }
    }

    /** The control domain inherits the node and what the dead one owned below it (S-DEATH-7). */
    private void handOver(Draft draft, StorePath path, Node node, int domid) {
        draft.setPermissions(path, node, node.permissions().withOwner(config.privDomid()));
        Node handed = draft.tree().find(path);
        if (handed != null) {
            handed.children().forEach(child -> {
                if (child.getValue().mayName(domid)) {
                    handOverBelow(draft, path.child(child.getKey()), child.getValue(), domid);
                }
            });
        }
    }

    private void handOverBelow(Draft draft, StorePath path, Node node, int domid) {
        if (node.owner() == domid) {
            handOver(draft, path, node, domid);
        } else {
            node.children().forEach(child -> handOverBelow(draft, path.child(child.getKey()), child.getValue(), domid));
        }
    }

    private void removeGrants(int domid) {
        UseByDomain useChange = new UseByDomain();
        Tree cleaned = new DomainTraces(domid).withoutGrants(store.tree(), useChange);
        store.replaceSilently(cleaned, useChange);
        domains.clearTargetsOn(domid);
    }

    /** The guest broke the protocol; it is told why, if it understands, and no longer served (S-RING-8, S-RING-9). */
    void ignore(Connection connection, int error, String reason) {
        trace.warn("ignoring " + connection + " until it is introduced again: " + reason);
        connections.reset(connection);
        connection.setIgnored(true);
        if (connection.link() instanceof RingLink link) {
            link.announceError(error);
        }
    }
}
