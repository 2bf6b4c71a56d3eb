package org.jxenstored.transaction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;
import org.jxenstored.watch.Change;

/**
 * Every path a transaction touched, in order of first access, and what became of it (S-TX-3, S-TX-11).
 *
 * <p>Implementation note: nodes below a removed one are touched too, but they are not listed one by one; the
 * removed subtree itself is kept, so that removing a million nodes costs one entry. Only a removal asks what was
 * touched below a path, so paths are sorted from the first removal on: most transactions have none.
 */
final class AccessLog implements Recorder {

    private static final class Access {
        private final NodePath path;
        private boolean changed;
        private boolean exact;

        Access(NodePath path) {
            this.path = path;
        }
    }

    /**
     * A subtree that was removed: what is below is touched then, unless it was before.
     *
     * @param touchedBefore how many paths were touched by then
     */
    private record Removal(int touchedBefore, StorePath path, Node node) {}

    /** By text, whose hash is kept and which no choice of paths makes slow to find; in order of first access. */
    private final Map<String, Access> accesses = new LinkedHashMap<>();

    private final List<Removal> removals = new ArrayList<>();
    private @Nullable TreeMap<String, Access> sorted;
    private @Nullable Access latest;
    private StorePath latestAbove = StorePath.ROOT;
    private long removedDescendants;
    private long keysSize;

    @Override
    public void looked(NodePath path) {
        access(path);
    }

    @Override
    public void lookedAbove(StorePath path, int depth) {
        for (int above = path.depth() - 1; above >= depth; above--) {
            // Siblings are often created one after the other: their parent is noted already.
            if (above != latestAbove.depth() || !isBelow(path.text(), latestAbove.text())) {
                latestAbove = path.ancestor(above);
                find(latestAbove);
            }
        }
    }

    private static boolean isBelow(String path, String above) {
        return path.length() > above.length() && path.charAt(above.length()) == '/' && path.startsWith(above);
    }

    private Access access(NodePath path) {
        // What was looked at is often changed next.
        if (latest == null || !latest.path.equals(path)) {
            latest = find(path);
        }
        return latest;
    }

    private Access find(NodePath path) {
        String text = path.text();
        Access present = accesses.get(text);
        if (present != null) {
            return present;
        }
        Access first = new Access(path);
        accesses.put(text, first);
        if (sorted != null) {
            sorted.put(text, first);
        }
        keysSize += text.length();
        return first;
    }

    @Override
    public void written(NodePath path, @Nullable Node before) {
        Access access = access(path);
        access.changed = true;
        access.exact = false;
    }

    @Override
    public void removed(StorePath path, Node node, Node parent) {
        // What was looked at may be much that never was there, and the same node may be removed again and again.
        if (!node.children().isEmpty()) {
            noteGone(path, node);
        }
        Access access = access(path);
        access.changed = true;
        access.exact = false;
        find(path.ancestor(path.depth() - 1));
        removals.add(new Removal(accesses.size(), path, node));
        removedDescendants += descendants(node);
    }

    private void noteGone(StorePath path, Node node) {
        for (Access below : below(path).values()) {
            if (!below.changed && isIn(node, path, below.path)) {
                below.changed = true;
                below.exact = true;
            }
        }
    }

    /** Whether there is a node of this path below the one that is removed. */
    private static boolean isIn(Node removed, StorePath root, NodePath path) {
        @Nullable Node at = removed;
        if (path instanceof StorePath inTree) {
            for (int level = root.depth(); at != null && level < inTree.depth(); level++) {
                at = at.children().get(inTree.name(level));
            }
        }
        return at != null;
    }

    private SortedMap<String, Access> below(StorePath path) {
        if (sorted == null) {
            sorted = new TreeMap<>(accesses);
        }
        String prefix = path.text() + '/';
        return sorted.subMap(prefix, path.text() + (char) ('/' + 1));
    }

    private static long descendants(Node node) {
        long count = 0;
        Deque<Node> open = new ArrayDeque<>();
        open.push(node);
        while (!open.isEmpty()) {
            for (Map.Entry<String, Node> child : open.pop().children()) {
                count++;
                if (!child.getValue().children().isEmpty()) {
                    open.push(child.getValue());
                }
            }
        }
        return count;
    }

    /** Bytes of all paths touched. */
    long keysSize() {
        return keysSize;
    }

    /** Number of nodes touched, as the transaction-nodes quota counts them. */
    long size() {
        return accesses.size() + removedDescendants;
    }

    @Override
    public List<Change> changes(Tree before, Tree after) {
        List<Change> changes = new ArrayList<>();
        int touched = 0;
        int next = 0;
        for (Access access : accesses.values()) {
            for (; next < removals.size() && removals.get(next).touchedBefore() == touched; next++) {
                changes.add(descendants(removals.get(next)));
            }
            if (access.changed) {
                addChange(access, before, after, changes);
            }
            touched++;
        }
        removals.subList(next, removals.size()).forEach(removal -> changes.add(descendants(removal)));
        return changes;
    }

    private Change descendants(Removal removal) {
        return new Change.DescendantsRemoved(removal.path(), removal.node(), false, this::isChanged);
    }

    private void addChange(Access access, Tree before, Tree after, List<Change> changes) {
        Node old = before.find(access.path);
        if (old != null || after.find(access.path) != null) {
            changes.add(
                    new Change.Touched(access.path, access.exact, () -> visibility(access.path, old, before, after)));
        }
    }

    /** A reader of the parent learns of a removal too, as the parent was before it (S-FILT-4). */
    private static List<Node> visibility(NodePath path, @Nullable Node old, Tree before, Tree after) {
        return Visibility.of(path, old, after.find(path) == null ? before : after);
    }

    /**
     * Whether it has an event of its own, or came and went within the transaction (S-FILT-5). It is asked for only where somebody
     * watches: a guest may remove the same node thousands of times.
     */
    private boolean isChanged(StorePath path) {
        Access access = accesses.get(path.text());
        return access != null && access.changed;
    }
}
