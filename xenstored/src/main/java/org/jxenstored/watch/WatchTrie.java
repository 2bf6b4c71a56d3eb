package org.jxenstored.watch;

import java.util.ArrayList;
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
            visitBelow(removed, removed.path(), removed.node(), place, visitor);
        }
    }

    private static void visitBelow(
            Change.DescendantsRemoved removed, StorePath path, Node node, WatchPlace place, RemovalVisitor visitor) {
        for (Map.Entry<String, Node> child : node.children()) {
            WatchPlace below = place.below(child.getKey());
            if (below != null) {
                StorePath childPath = path.child(child.getKey());
                boolean told = below.isWatched() && !removed.except().contains(childPath);
                if (told && !removed.childrenFirst()) {
                    visitor.removed(childPath, child.getValue(), node, below.watches());
                }
                visitBelow(removed, childPath, child.getValue(), below, visitor);
                if (told && removed.childrenFirst()) {
                    visitor.removed(childPath, child.getValue(), node, below.watches());
                }
            }
        }
    }

    List<Watch> all() {
        List<Watch> all = new ArrayList<>();
        collect(root, all);
        return all;
    }

    private static void collect(WatchPlace place, List<Watch> all) {
        all.addAll(place.watches());
        place.allBelow().forEach(below -> collect(below, all));
    }
}
