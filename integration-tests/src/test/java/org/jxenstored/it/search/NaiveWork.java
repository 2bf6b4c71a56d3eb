package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.search.NaiveNode.Grant;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.MessageType;

/** Requests on nodes, at work on a store of their own, and what watchers would have to be told of it. */
final class NaiveWork {
    /**
     * An answer of the store.
     *
     * @param error the text is the name of an error
     * @param serials which domains were meant by what was asked
     */
    record Answer(boolean error, String text, List<Long> serials) {
        static final Answer OK = with("OK\0");

        static Answer with(String text) {
            return new Answer(false, text, List.of());
        }

        static Answer failed(String errno) {
            return new Answer(true, errno + "\0", List.of());
        }

        /** True if a client could not tell it from an earlier one, and nothing meant for a domain goes to its successor. */
        boolean standsFor(Answer earlier) {
            return error == earlier.error
                    && text.equals(earlier.text)
                    && serials.size() == earlier.serials.size()
                    && IntStream.range(0, serials.size())
                            .allMatch(i -> serials.get(i) == NaiveStore.NOBODY
                                    || serials.get(i).equals(earlier.serials.get(i)));
        }
    }

    /**
     * Something watchers are told of.
     *
     * @param exact only watches on this very path are concerned
     * @param visible who may read one of these learns of it
     */
    record Change(String path, boolean exact, List<NaiveNode> visible) {}

    /** A path that a transaction looked at, in order of the first look. */
    private static final class Access {
        private boolean changed;
        private boolean exact;
    }

    /** What was below a removed node; it is looked at then, after the node and its parent. */
    private record Removal(int accessesBefore, String path, NaiveStore from) {}

    private final NaiveStore before;
    private final NaiveStore now;
    private final NaiveStore committed;
    private final IntPredicate lives;
    private final Map<String, Access> accesses = new LinkedHashMap<>();
    private final List<Removal> removals = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private boolean changed;

    /**
     * @param committed the store of now, which knows the domains and what they own
     * @param lives which domains exist and are not dead
     */
    NaiveWork(NaiveStore start, NaiveStore committed, IntPredicate lives) {
        this.before = start;
        this.now = start.copy();
        this.committed = committed;
        this.lives = lives;
    }

    NaiveStore before() {
        return before;
    }

    NaiveStore now() {
        return now;
    }

    boolean isChanged() {
        return changed;
    }

    /** Runs a request of a domain. */
    Answer run(int domid, MessageType type, String payload) {
        String[] arguments = payload.split("\0", 2);
        String path = NaiveStore.absolute(arguments[0], domid);
        return switch (type) {
            case READ -> look(domid, path, NaiveNode::value);
            case DIRECTORY -> look(domid, path, _ -> listing(path));
            case GET_PERMS -> look(domid, path, NaiveNode::permissions);
            case WRITE -> write(domid, path, arguments[1], true);
            case MKDIR -> write(domid, path, "", false);
            case RM -> remove(domid, path);
            case SET_PERMS -> setPermissions(domid, path, arguments[1]);
            default -> throw new IllegalArgumentException(type + " is not about a node");
        };
    }

    private String listing(String path) {
        StringBuilder names = new StringBuilder();
        now.children(path).forEach(child -> names.append(NaiveStore.name(child)).append('\0'));
        return names.toString();
    }

    private Grant rights(int domid, NaiveNode node) {
        return committed.rights(domid, node);
    }

    private @Nullable NaiveNode access(String path) {
        accesses.computeIfAbsent(path, _ -> new Access());
        @Nullable NaiveNode node = now.find(path);
        if (node == null) {
            String nearest = now.nearest(path);
            for (String above = NaiveStore.parent(path); ; above = NaiveStore.parent(above)) {
                accesses.computeIfAbsent(above, _ -> new Access());
                if (above.equals(nearest)) {
                    break;
                }
            }
        }
        return node;
    }

    private Access accessed(String path) {
        return accesses.computeIfAbsent(path, _ -> new Access());
    }

    /** What is to be seen of a node. */
    @FunctionalInterface
    private interface Sight {
        String of(NaiveNode node);
    }

    private Answer look(int domid, String path, Sight sight) {
        @Nullable NaiveNode node = access(path);
        if (node == null) {
            boolean mayKnow = rights(domid, now.get(now.nearest(path))).reads();
            return Answer.failed(mayKnow ? "ENOENT" : "EACCES");
        }
        return rights(domid, node).reads() ? Answer.with(sight.of(node)) : Answer.failed("EACCES");
    }

    private Answer write(int domid, String path, String value, boolean overwrites) {
        @Nullable NaiveNode node = access(path);
        if (node == null) {
            return create(domid, path, value);
        }
        if (!rights(domid, node).writes()) {
            return Answer.failed("EACCES");
        }
        if (overwrites) {
            put(path, node, node.withValue(value));
        }
        return Answer.OK;
    }

    private void put(String path, @Nullable NaiveNode old, NaiveNode node) {
        now.put(path, node);
        changed = true;
        Access access = accessed(path);
        access.changed = true;
        access.exact = false;
        changes.add(new Change(path, false, visible(now, path, node, old)));
    }

    private static List<NaiveNode> visible(
            NaiveStore store, String path, @Nullable NaiveNode node, @Nullable NaiveNode old) {
        @Nullable NaiveNode parent = path.equals(NaiveStore.ROOT) ? null : store.find(NaiveStore.parent(path));
        return Stream.of(some(node), some(old), some(parent))
                .flatMap(List::stream)
                .toList();
    }

    private static List<NaiveNode> some(@Nullable NaiveNode node) {
        return node == null ? List.of() : List.of(node);
    }

    private Answer create(int domid, String path, String value) {
        String nearest = now.nearest(path);
        NaiveNode ancestor = now.get(nearest);
        if (!rights(domid, ancestor).writes()) {
            return Answer.failed("EACCES");
        }
        List<String> missing = new ArrayList<>();
        for (String each = path; !each.equals(nearest); each = NaiveStore.parent(each)) {
            missing.addFirst(each);
        }
        @Nullable NaiveDomain creator = committed.domains().get(domid);
        if (domid != 0 && creator != null && committed.owned(domid) + missing.size() > creator.nodesQuota()) {
            return Answer.failed("ENOSPC");
        }
        List<Grant> grants = (domid == 0 ? ancestor : ancestor.withOwner(domid)).grants();
        for (String each : missing) {
            String given = each.equals(path) ? value : "";
            NaiveNode node = new NaiveNode(given, grants, now.nextBirth());
            if (each.equals(path)) {
                put(path, null, node);
            } else {
                now.put(each, node);
            }
        }
        return Answer.OK;
    }

    private Answer remove(int domid, String path) {
        @Nullable NaiveNode node = access(path);
        if (node == null) {
            String nearest = now.nearest(path);
            if (!rights(domid, now.get(nearest)).writes()) {
                return Answer.failed("EACCES");
            }
            return nearest.equals(NaiveStore.parent(path)) ? Answer.OK : Answer.failed("ENOENT");
        }
        if (!rights(domid, node).writes()) {
            return Answer.failed("EACCES");
        }
        if (path.equals(NaiveStore.ROOT)) {
            return Answer.failed("EINVAL");
        }
        removeNow(path);
        return Answer.OK;
    }

    /** A node goes, whoever it belongs to. */
    void removeNow(String path) {
        NaiveNode node = now.get(path);
        accesses.forEach((other, access) -> {
            if (other.startsWith(path + "/") && !access.changed) {
                access.changed = true;
                access.exact = true;
            }
        });
        Access access = accessed(path);
        access.changed = true;
        access.exact = false;
        accessed(NaiveStore.parent(path));
        removals.add(new Removal(accesses.size(), path, now.copy()));
        addRemoved(now, path, true, changes);
        changes.add(new Change(path, false, visible(now, path, node, null)));
        now.remove(path);
        changed = true;
    }

    /** The root cannot go: it becomes dom0's. */
    void inheritRoot() {
        NaiveNode root = now.get(NaiveStore.ROOT);
        put(NaiveStore.ROOT, root, root.withOwner(0));
    }

    private static void addRemoved(NaiveStore store, String path, boolean childrenFirst, List<Change> to) {
        for (String child : store.children(path)) {
            Change change = new Change(child, true, List.of(store.get(child), store.get(path)));
            if (!childrenFirst) {
                to.add(change);
            }
            addRemoved(store, child, childrenFirst, to);
            if (childrenFirst) {
                to.add(change);
            }
        }
    }

    private Answer setPermissions(int domid, String path, String list) {
        List<String> entries = Arrays.asList(list.split("\0"));
        List<Grant> grants = new ArrayList<>();
        List<Long> serials = new ArrayList<>();
        for (String entry : entries) {
            int named = Integer.parseInt(entry.substring(1));
            boolean stale = !grants.isEmpty() && named != Domid.ANY && !lives.test(named);
            grants.add(new Grant(entry.charAt(0), named, stale));
            serials.add(committed.serial(named));
        }
        if (!lives.test(grants.getFirst().domid())) {
            return Answer.failed("ENOENT");
        }
        @Nullable NaiveNode node = access(path);
        if (node == null) {
            NaiveNode above = now.get(now.nearest(path));
            boolean mayKnow =
                    committed.isOwn(domid, above) || rights(domid, above).writes();
            return Answer.failed(mayKnow ? "ENOENT" : "EACCES");
        }
        if (!committed.isOwn(domid, node)) {
            return Answer.failed("EACCES");
        }
        if (domid != 0 && grants.getFirst().domid() != node.owner()) {
            return Answer.failed("EPERM");
        }
        put(path, node, node.withGrants(grants));
        return new Answer(false, "OK\0", serials);
    }

    /** What a single request changed, in the order it did. */
    List<Change> changes() {
        return changes;
    }

    /** What a transaction changed, in the order in which it came across it. */
    List<Change> changesOfTransaction() {
        List<Change> all = new ArrayList<>();
        int place = 0;
        for (Map.Entry<String, Access> each : accesses.entrySet()) {
            addRemovedAt(place, all);
            place++;
            String path = each.getKey();
            Access access = each.getValue();
            @Nullable NaiveNode old = before.find(path);
            @Nullable NaiveNode left = now.find(path);
            if (access.changed && (old != null || left != null)) {
                all.add(new Change(path, access.exact, visible(left == null ? before : now, path, left, old)));
            }
        }
        addRemovedAt(place, all);
        return all;
    }

    private void addRemovedAt(int place, List<Change> all) {
        for (Removal removal : removals) {
            if (removal.accessesBefore() == place) {
                List<Change> below = new ArrayList<>();
                addRemoved(removal.from(), removal.path(), false, below);
                below.stream().filter(each -> !isChanged(each.path())).forEach(all::add);
            }
        }
    }

    private boolean isChanged(String path) {
        @Nullable Access access = accesses.get(path);
        return access != null && access.changed;
    }
}
