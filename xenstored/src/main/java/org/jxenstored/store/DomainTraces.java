package org.jxenstored.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jxenstored.protocol.StorePath;

/** What one domain left in a tree: nodes it owns and entries that name it (S-DEATH-2 to S-DEATH-4). */
public final class DomainTraces {
    private final int domid;

    public DomainTraces(int domid) {
        this.domid = domid;
    }

    /** The topmost nodes the domain owns, parents before later siblings; none of them is below another. */
    public List<StorePath> ownedIn(Tree tree) {
        List<StorePath> found = new ArrayList<>();
        collect(StorePath.ROOT, tree.root(), found);
        return found;
    }

    private void collect(StorePath path, Node node, List<StorePath> found) {
        if (!node.mayName(domid)) {
            return;
        }
        if (node.owner() == domid && !path.isRoot()) {
            found.add(path);
            return;
        }
        for (Map.Entry<String, Node> child : node.children()) {
            if (child.getValue().mayName(domid)) {
                collect(path.child(child.getKey()), child.getValue(), found);
            }
        }
    }

    /**
     * The tree without entries that grant the domain anything; owners stay (S-DEATH-3, S-DEATH-4).
     *
     * @param useChange gets what the nodes' owners now use less
     */
    public Tree withoutGrants(Tree tree, UseByDomain useChange) {
        return new Tree(
                withoutGrants(tree.root(), useChange),
                tree.introduceDomain().withoutGrantsTo(domid),
                tree.releaseDomain().withoutGrantsTo(domid));
    }

    private Node withoutGrants(Node node, UseByDomain useChange) {
        if (!node.mayName(domid)) {
            return node;
        }
        Node changed = node;
        if (!node.permissions().without(domid).equals(node.permissions())) {
            changed = node.withoutGrantsTo(domid);
            useChange.add(node.owner(), 0, (long) changed.size() - node.size());
        }
        for (Map.Entry<String, Node> child : node.children()) {
            Node cleaned = withoutGrants(child.getValue(), useChange);
            if (cleaned != child.getValue()) {
                changed = changed.withChildReplaced(child.getKey(), cleaned);
            }
        }
        return changed;
    }
}
