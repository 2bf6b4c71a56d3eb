package org.jxenstored.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;

/** Makes trees for tests, and walks them the simple way. */
public final class RandomTrees {
    /** A node with its path. */
    public record Place(StorePath path, Node node) {}

    private final Random random;
    private final int domids;
    private long generation;

    /** @param domids owners and entries name domains below this number */
    public RandomTrees(Random random, int domids) {
        this.random = random;
        this.domids = domids;
    }

    /** A tree of about this many nodes; some directories are large. */
    public Tree tree(int nodes) {
        Tree tree = new Tree(leaf(), leaf(), leaf());
        List<StorePath> paths = new ArrayList<>(List.of(StorePath.ROOT));
        for (int i = 0; i < nodes; i++) {
            StorePath parent = paths.get(
                    random.nextInt(3) == 0 ? random.nextInt(Math.min(paths.size(), 3)) : random.nextInt(paths.size()));
            StorePath path = parent.child("n" + random.nextInt(nodes));
            Node old = tree.find(path);
            if (old == null) {
                tree = tree.with(path, leaf());
                paths.add(path);
            }
        }
        return tree;
    }

    private Node leaf() {
        return Node.leaf(Value.of("v".repeat(random.nextInt(20))), permissions(), ++generation);
    }

    /** A list of one to four entries. */
    public Permissions permissions() {
        List<Grant> grants = new ArrayList<>();
        int size = 1 + random.nextInt(4);
        for (int i = 0; i < size; i++) {
            Access access = Access.of("nrwb".charAt(random.nextInt(4))).orElseThrow();
            grants.add(new Grant(new Permission(access, random.nextInt(domids)), i > 0 && random.nextInt(5) == 0));
        }
        return Permissions.of(grants);
    }

    /** All nodes below {@code /} and itself, parents first. */
    public static List<Place> walk(Tree tree) {
        List<Place> places = new ArrayList<>();
        walk(StorePath.ROOT, tree.root(), places);
        return places;
    }

    private static void walk(StorePath path, Node node, List<Place> places) {
        places.add(new Place(path, node));
        for (Map.Entry<String, Node> child : node.children()) {
            walk(path.child(child.getKey()), child.getValue(), places);
        }
    }
}
