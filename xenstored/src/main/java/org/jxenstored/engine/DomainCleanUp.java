package org.jxenstored.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.domain.WriteRateLimit;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.DomainTraces;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;
import org.jxenstored.store.UseByDomain;
import org.jxenstored.transaction.Draft;

/** Takes a domain out of the store, with all that it owned and all that named it (semantics.md 6). */
final class DomainCleanUp {
    private final EngineConfig config;
    private final Domains domains;
    private final Connections connections;
    private final LiveStore store;
    private final WriteRateLimit rateLimit;
    private final EngineClock clock;
    private final EngineTrace trace;
    private final EventDelivery delivery;

    DomainCleanUp(
            EngineConfig config,
            Domains domains,
            Connections connections,
            LiveStore store,
            WriteRateLimit rateLimit,
            EngineClock clock,
            EventDelivery delivery) {
        this.config = config;
        this.domains = domains;
        this.connections = connections;
        this.store = store;
        this.rateLimit = rateLimit;
        this.clock = clock;
        this.trace = delivery.trace();
        this.delivery = delivery;
    }

    /** Ends the domain in the store, with the events of it; what it was named in or owned is gone afterwards. */
    void end(Domain domain) {
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
        all.forEach(this::endConnectionSafely);
        if (domain.isIntroduced()) {
            rateLimit.leave(domain, clock.millis());
            store.announce(SpecialPath.RELEASE_DOMAIN, domid);
        }
    }

    /** Whatever goes wrong here, watchers have to hear of the end. */
    private void endConnectionSafely(Connection connection) {
        try {
            endConnection(connection);
        } catch (RuntimeException defect) {
            trace.defect("ending " + connection, defect);
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
                    trace.note(
                            () -> "orphan of domain " + domid + " moved to domain " + config.privDomid() + ": " + path);
                    handOver(draft, path, node, domid);
                } else {
                    trace.note(() -> "orphan of domain " + domid + " deleted: " + path);
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

    /**
     * The control domain inherits the node and what the dead one owned below it (S-DEATH-7). With a stack of its own: the
     * guest decided how deep it got.
     */
    private void handOver(Draft draft, StorePath top, Node owned, int domid) {
        draft.setPermissions(top, owned, owned.permissions().withOwner(config.privDomid()));
        Deque<Heritage> open = new ArrayDeque<>();
        open.push(new Heritage(top, owned.children().iterator()));
        while (!open.isEmpty()) {
            Heritage at = open.element();
            if (!at.children.hasNext()) {
                open.pop();
                continue;
            }
            Map.Entry<String, Node> child = at.children.next();
            Node node = child.getValue();
            if (node.mayName(domid)) {
                StorePath path = at.path.child(child.getKey());
                if (node.owner() == domid) {
                    // Nothing below it was changed yet.
                    draft.setPermissions(path, node, node.permissions().withOwner(config.privDomid()));
                }
                open.push(new Heritage(path, node.children().iterator()));
            }
        }
    }

    /** A node below which the dead domain may have owned some. */
    private record Heritage(StorePath path, Iterator<Map.Entry<String, Node>> children) {}

    private void removeGrants(int domid) {
        UseByDomain useChange = new UseByDomain();
        Tree cleaned = new DomainTraces(domid).withoutGrants(store.tree(), useChange);
        store.replaceSilently(cleaned, useChange);
        domains.clearTargetsOn(domid);
    }
}
