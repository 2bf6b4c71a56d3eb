package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.search.NaiveNode.Grant;
import org.jxenstored.protocol.Domid;

/** The store as a newcomer would write it: nodes by path, domains by number. Copies are full copies. */
final class NaiveStore {
    /** Serial of who is not known. */
    static final long NOBODY = 0;

    static final String ROOT = "/";

    private final TreeMap<String, NaiveNode> nodes;
    private final TreeMap<Integer, NaiveDomain> domains;
    private long births;
    private long changes;

    /** What there is at the beginning. */
    NaiveStore() {
        nodes = new TreeMap<>();
        domains = new TreeMap<>();
        for (String path : List.of(ROOT, "/tool", "/tool/xenstored", "@introduceDomain")) {
            nodes.put(path, NaiveNode.ownedByDom0(++births));
        }
        List<Grant> open = List.of(new Grant('n', 0, false), new Grant('r', Domid.ANY, false));
        nodes.put("@releaseDomain", NaiveNode.ownedByDom0(++births).withGrants(open));
        domains.put(0, NaiveDomain.introduced(++births));
    }

    private NaiveStore(NaiveStore other) {
        nodes = new TreeMap<>(other.nodes);
        domains = new TreeMap<>(other.domains);
        births = other.births;
        changes = other.changes;
    }

    NaiveStore copy() {
        return new NaiveStore(this);
    }

    static String home(int domid) {
        return "/local/domain/" + domid;
    }

    static String absolute(String given, int domid) {
        return given.startsWith("/") || given.startsWith("@") ? given : home(domid) + "/" + given;
    }

    static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Map<Integer, NaiveDomain> domains() {
        return domains;
    }

    long nextBirth() {
        return ++births;
    }

    Map<String, NaiveNode> nodes() {
        return nodes;
    }

    @Nullable
    NaiveNode find(String path) {
        return nodes.get(path);
    }

    NaiveNode get(String path) {
        return Objects.requireNonNull(nodes.get(path), path);
    }

    void put(String path, NaiveNode node) {
        nodes.put(path, node);
    }

    /** True if nothing happened to this store between the two but changes of what domains may do. */
    boolean isAsItWas(NaiveStore then) {
        return changes == then.changes
                && domains.keySet().equals(then.domains.keySet())
                && domains.keySet().stream().allMatch(domid -> serial(domid) == then.serial(domid));
    }

    /** Other nodes, as a commit leaves them. */
    void takeNodes(NaiveStore other) {
        changes++;
        nodes.clear();
        nodes.putAll(other.nodes);
        births = Math.max(births, other.births);
    }

    void remove(String path) {
        nodes.keySet().removeIf(each -> each.equals(path) || each.startsWith(path + "/"));
    }

    /** Paths of the children, in order of creation. */
    List<String> children(String path) {
        String prefix = path.equals(ROOT) ? ROOT : path + "/";
        List<String> found = new ArrayList<>();
        for (String each : nodes.tailMap(prefix, false).keySet()) {
            if (!each.startsWith(prefix)) {
                break;
            }
            if (each.indexOf('/', prefix.length()) < 0) {
                found.add(each);
            }
        }
        found.sort(Comparator.comparingLong(each -> get(each).born()));
        return found;
    }

    /** The nearest existing node above a path. */
    String nearest(String path) {
        String above = parent(path);
        while (!nodes.containsKey(above)) {
            above = parent(above);
        }
        return above;
    }

    long owned(int domid) {
        return nodes.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith("/") && entry.getValue().owner() == domid)
                .count();
    }

    /** The topmost nodes of a domain below a path, in order of creation. */
    List<String> topmostOwned(String above, int domid) {
        List<String> found = new ArrayList<>();
        for (String child : children(above)) {
            if (get(child).owner() == domid) {
                found.add(child);
            } else {
                found.addAll(topmostOwned(child, domid));
            }
        }
        return found;
    }

    /** All that is left of a domain goes. */
    void forget(int domid) {
        changes++;
        topmostOwned(ROOT, domid).forEach(this::remove);
        nodes.computeIfPresent(ROOT, (_, root) -> root.owner() == domid ? root.withOwner(0) : root);
        nodes.replaceAll((_, node) -> node.without(domid));
        domains.remove(domid);
        domains.replaceAll((_, other) -> other.target() == domid ? other.withTarget(NaiveDomain.NO_TARGET) : other);
    }

    boolean isIntroduced(int domid) {
        return domains.containsKey(domid);
    }

    long serial(int domid) {
        @Nullable NaiveDomain domain = domains.get(domid);
        return domain == null ? NOBODY : domain.serial();
    }

    /** What a domain may do with a node. */
    Grant rights(int domid, NaiveNode node) {
        @Nullable NaiveDomain domain = domains.get(domid);
        int target = domain == null ? NaiveDomain.NO_TARGET : domain.target();
        Grant owner = node.grants().getFirst();
        if (domid == 0 || owner.domid() == domid || owner.domid() == target) {
            return new Grant('b', domid, false);
        }
        for (Grant grant : node.grants().subList(1, node.grants().size())) {
            boolean named = grant.domid() == domid || grant.domid() == target || grant.domid() == Domid.ANY;
            if (named && !grant.stale()) {
                return grant;
            }
        }
        return owner;
    }

    /** True if a domain may change a node's permissions. */
    boolean isOwn(int domid, NaiveNode node) {
        @Nullable NaiveDomain domain = domains.get(domid);
        return domid == 0 || node.owner() == domid || (domain != null && domain.target() == node.owner());
    }
}
