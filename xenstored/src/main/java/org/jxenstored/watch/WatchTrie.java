package org.jxenstored.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;

/**
 * Watches on paths of the tree, arranged as the paths are: finding those that a change concerns costs one
 * step for each name of its path, however many others there are.
 */
final class WatchTrie {

    /** Told of each removed node on which there are watches. */
    interface RemovalVisitor {
        void removed(StorePath path, Node node, Node parent, List<Watch> watches);
    }

    private final WatchPlace root = new WatchPlace();

    void add(StorePath path, Watch watch) {
        WatchPlace place = root;
        for (int level = 0; level < path.depth(); level++) {
            place = place.makeBelow(path.name(level));
        }
        place.add(watch);
    }

    void remove(StorePath path, Watch watch) {
        WatchPlace[] places = new WatchPlace[path.depth() + 1];
        places[0] = root;
        for (int level = 0; level < path.depth(); level++) {
            WatchPlace next = places[level].below(path.name(level));
            if (next == null) {
                return;
            }
            places[level + 1] = next;
        }
        places[path.depth()].remove(watch);
        for (int level = path.depth(); level > 0 && places[level].isEmpty(); level--) {
            places[level - 1].dropBelow(path.name(level - 1));
        }
    }

    /** Those on this very path. */
    List<Watch> exactly(StorePath path) {
        WatchPlace place = at(path);
        return place == null ? List.of() : place.watches();
    }

    private @Nullable WatchPlace at(StorePath path) {
        WatchPlace place = root;
        for (int level = 0; level < path.depth() && place != null; level++) {
            place = place.below(path.name(level));
        }
        return place;
    }

    /** Those on this path or above whose depth reaches it (S-MATCH-1, S-DEPTH-1). */
    List<Watch> onOrAbove(StorePath path) {
        List<Watch> found = new ArrayList<>();
        WatchPlace place = root;
        for (int level = 0; place != null; level++) {
            place.collect(path.depth() - level, found);
            place = level < path.depth() ? place.below(path.name(level)) : null;
        }
        return found;
    }

    /** Visits the nodes below a removed one that are watched, in the order the change asks for. */
    void visitRemoved(Change.DescendantsRemoved removed, RemovalVisitor visitor) {
        WatchPlace place = at(removed.path());
        if (place != null && place.hasBelow()) {
            visitBelow(removed, new Visit(removed.path(), removed.node(), removed.node(), place, false), visitor);
        }
    }

    /**
     * A removed node whose children are being looked at.
     *
     * @param told true if it has an event
     */
    private record Visit(
            StorePath path,
            Node node,
            Node parent,
            WatchPlace place,
            boolean told,
            Iterator<Map.Entry<String, Node>> children) {

        Visit(StorePath path, Node node, Node parent, WatchPlace place, boolean told) {
            this(path, node, parent, place, told, node.children().iterator());
        }

        void tell(RemovalVisitor visitor) {
            if (told) {
                visitor.removed(path, node, parent, place.watches());
            }
        }
    }

    /** With a stack of its own: a guest decides how deep it gets. */
    private static void visitBelow(Change.DescendantsRemoved removed, Visit top, RemovalVisitor visitor) {
        Deque<Visit> open = new ArrayDeque<>();
        open.push(top);
        while (!open.isEmpty()) {
            Visit at = open.element();
            if (!at.children.hasNext()) {
                open.pop();
                if (removed.childrenFirst()) {
                    at.tell(visitor);
                }
                continue;
            }
            Map.Entry<String, Node> child = at.children.next();
            WatchPlace place = at.place.below(child.getKey());
            if (place != null) {
                StorePath path = at.path.child(child.getKey());
                boolean told = place.isWatched() && !removed.except().test(path);
                Visit below = new Visit(path, child.getValue(), at.node, place, told);
                if (!removed.childrenFirst()) {
                    below.tell(visitor);
                }
                open.push(below);
            }
        }
    }

    List<Watch> all() {
        List<Watch> all = new ArrayList<>();
        Deque<WatchPlace> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            WatchPlace place = open.pop();
            all.addAll(place.watches());
            place.allBelow().forEach(open::push);
        }
        return all;
    }
}
