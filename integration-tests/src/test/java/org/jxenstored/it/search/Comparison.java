package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.RingLink;
import org.jxenstored.it.search.NaiveDomain.Watch;
import org.jxenstored.it.search.NaiveNode.Grant;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;

/** What is in the real store, beside what the model says should be there. */
final class Comparison {
    private final NaiveStore wanted;
    private final Engine engine;
    private int seen;

    private Comparison(NaiveStore wanted, Engine engine) {
        this.wanted = wanted;
        this.engine = engine;
    }

    /** The first difference in words; empty if there is none. */
    static Optional<String> difference(NaiveStore wanted, Engine engine) {
        return new Comparison(wanted, engine).find();
    }

    private Optional<String> find() {
        Tree tree = engine.store().tree();
        return nodes(NaiveStore.ROOT, tree.root())
                .or(() -> node("@introduceDomain", Objects.requireNonNull(tree.find(SpecialPath.INTRODUCE_DOMAIN))))
                .or(() -> node("@releaseDomain", Objects.requireNonNull(tree.find(SpecialPath.RELEASE_DOMAIN))))
                .or(() -> seen == wanted.nodes().size()
                        ? Optional.empty()
                        : Optional.of("nodes are missing: there are " + seen + " of "
                                + wanted.nodes().keySet()))
                .or(this::domains);
    }

    private Optional<String> nodes(String path, Node node) {
        Optional<String> own = node(path, node);
        if (own.isPresent()) {
            return own;
        }
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, Node> child : node.children()) {
            names.add(child.getKey());
            String below = (path.equals(NaiveStore.ROOT) ? "" : path) + "/" + child.getKey();
            Optional<String> difference = nodes(below, child.getValue());
            if (difference.isPresent()) {
                return difference;
            }
        }
        List<String> expected =
                wanted.children(path).stream().map(NaiveStore::name).toList();
        return names.equals(expected)
                ? Optional.empty()
                : Optional.of("children of " + path + " are " + names + ", not " + expected);
    }

    private Optional<String> node(String path, Node node) {
        seen++;
        @Nullable NaiveNode model = wanted.find(path);
        List<Grant> grants = new ArrayList<>();
        node.permissions()
                .forEach(grant -> grants.add(new Grant(
                        grant.permission().access().letter(), grant.permission().domid(), grant.stale())));
        if (model == null) {
            return Optional.of(path + " is there and should not be");
        }
        if (!model.value().equals(node.value().text())) {
            return Optional.of(path + " is '" + node.value().text() + "' and should be '" + model.value() + "'");
        }
        return model.grants().equals(grants)
                ? Optional.empty()
                : Optional.of("permissions of " + path + " are " + grants + ", not " + model.grants());
    }

    private Optional<String> domains() {
        Map<Integer, String> found = new TreeMap<>();
        for (Domain domain : engine.domains().all()) {
            if (domain.isIntroduced()) {
                found.put(
                        domain.domid(),
                        describe(domain.target(), domain.quotas().get(QuotaName.NODES), watches(domain.domid())));
            }
        }
        Map<Integer, String> expected = new TreeMap<>();
        wanted.domains()
                .forEach((domid, domain) ->
                        expected.put(domid, describe(domain.target(), domain.nodesQuota(), domain.watches())));
        return found.equals(expected) ? Optional.empty() : Optional.of("domains are " + found + ", not " + expected);
    }

    private static String describe(int target, long quota, List<Watch> watches) {
        return (target < 0 ? "" : "for " + target + ", ") + quota + " nodes, " + watches;
    }

    private List<Watch> watches(int domid) {
        List<Watch> found = new ArrayList<>();
        for (Connection connection : engine.connections().all()) {
            if (connection.domain().domid() == domid && connection.link() instanceof RingLink) {
                connection.watches().forEach(watch -> {
                    NodePath path = watch.path();
                    found.add(new Watch(path.text(), watch.token(), watch.relative()));
                });
            }
        }
        return found;
    }
}
