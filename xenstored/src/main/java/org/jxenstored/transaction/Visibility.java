package org.jxenstored.transaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;

/** Through which nodes a change may be seen (S-FILT-1). */
final class Visibility {
    private Visibility() {}

    /** The node as it is, as it was, and its parent; the formal parent of special names is {@code /} (S-SPEC-6). */
    static List<Node> of(NodePath path, @Nullable Node before, Tree now) {
        List<Node> nodes = new ArrayList<>(3);
        add(nodes, now.find(path));
        add(nodes, before);
        add(
                nodes,
                switch (path) {
                    case StorePath inTree -> inTree.isRoot() ? null : now.find(inTree, inTree.depth() - 1);
                    case SpecialPath _ -> now.root();
                });
        return nodes;
    }

    private static void add(List<Node> nodes, @Nullable Node node) {
        if (node != null) {
            nodes.add(node);
        }
    }
}
