package org.jxenstored.watch;

import java.util.ArrayList;
import java.util.HashMap;
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

    private static final class Place {
        private final List<Watch> watches = new ArrayList<>(1);
        private final Map<String, Place> below = new HashMap<>();

        private boolean isEmpty() {
            return watches.isEmpty() && below.isEmpty();
        }
    }

    /** Told of each removed node on which there are watches. */
    interface RemovalVisitor {
        void removed(StorePath path, Node node, Node parent, List<Watch> watches);
    }

    private final Place root = new Place();

    void add(StorePath path, Watch watch) {
        Place place = root;
        for (int level = 0; level < path.depth(); level++) {
            place = place.below.computeIfAbsent(path.name(level), _ -> new Place());
        }
        place.watches.add(watch);
    }

    void remove(StorePath path, Watch watch) {
        Place[] places = new Place[path.depth() + 1];
        places[0] = root;
        for (int level = 0; level < path.depth(); level++) {
            Place next = places[level].below.get(path.name(level));
            if (next == null) {
                return;
            }
            places[level + 1] = next;
        }
        places[path.depth()].watches.remove(watch);
        for (int level = path.depth(); level > 0 && places[level].isEmpty(); level--) {
            places[level - 1].below.remove(path.name(level - 1));
        }
    }

    /** Those on this very path. */
    List<Watch> exactly(StorePath path) {
        Place place = at(path);
        return place == null ? List.of() : new ArrayList<>(place.watches);
    }

    private @Nullable Place at(StorePath path) {
        Place place = root;
        for (int level = 0; level < path.depth() && place != null; level++) {
            place = place.below.get(path.name(level));
        }
        return place;
    }

    /** Those on this path or above whose depth reaches it (S-MATCH-1, S-DEPTH-1). */
    List<Watch> onOrAbove(StorePath path) {
        List<Watch> found = new ArrayList<>();
        Place place = root;
        for (int level = 0; place != null; level++) {
            for (Watch watch : place.watches) {
                if (watch.reaches(path.depth() - level)) {
                    found.add(watch);
                }
            }
            place = level < path.depth() ? place.below.get(path.name(level)) : null;
        }
        return found;
    }

    /** Visits the nodes below a removed one that are watched, in the order the change asks for. */
    void visitRemoved(Change.DescendantsRemoved removed, RemovalVisitor visitor) {
        Place place = at(removed.path());
        if (place != null && !place.below.isEmpty()) {
            visitBelow(removed, removed.path(), removed.node(), place, visitor);
        }
    }

    private static void visitBelow(
            Change.DescendantsRemoved removed, StorePath path, Node node, Place place, RemovalVisitor visitor) {
        for (Map.Entry<String, Node> child : node.children()) {
            Place below = place.below.get(child.getKey());
            if (below != null) {
                StorePath childPath = path.child(child.getKey());
                boolean told = !below.watches.isEmpty() && !removed.except().contains(childPath);
                if (told && !removed.childrenFirst()) {
                    visitor.removed(childPath, child.getValue(), node, new ArrayList<>(below.watches));
                }
                visitBelow(removed, childPath, child.getValue(), below, visitor);
                if (told && removed.childrenFirst()) {
                    visitor.removed(childPath, child.getValue(), node, new ArrayList<>(below.watches));
                }
            }
        }
    }

    List<Watch> all() {
        List<Watch> all = new ArrayList<>();
        collect(root, all);
        return all;
    }

    private static void collect(Place place, List<Watch> all) {
        all.addAll(place.watches);
        place.below.values().forEach(below -> collect(below, all));
    }
}
