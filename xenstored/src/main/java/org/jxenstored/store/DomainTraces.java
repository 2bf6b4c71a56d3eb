package org.jxenstored.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jxenstored.protocol.StorePath;

/**
 * What one domain left in a tree: nodes it owns and entries that name it (S-DEATH-2 to S-DEATH-4).
 *
 * <p>Implementation note: it walks the tree with a stack of its own, since guests decide how deep it gets.
 */
public final class DomainTraces {
    private final int domid;

    public DomainTraces(int domid) {
        this.domid = domid;
    }

    /** The topmost nodes the domain owns, parents before later siblings; none of them is below another. */
    public List<StorePath> ownedIn(Tree tree) {
        List<StorePath> found = new ArrayList<>();
        Deque<Search> open = new ArrayDeque<>();
        open.push(new Search(StorePath.ROOT, tree.root().children().iterator()));
        while (!open.isEmpty()) {
            Search at = open.element();
            if (!at.children.hasNext()) {
                open.pop();
                continue;
            }
            Map.Entry<String, Node> child = at.children.next();
            Node node = child.getValue();
            if (node.mayName(domid)) {
                StorePath path = at.path.child(child.getKey());
                if (node.owner() == domid) {
                    found.add(path);
                } else {
                    open.push(new Search(path, node.children().iterator()));
                }
            }
        }
        return found;
    }

    /** A node below which is searched. */
    private record Search(StorePath path, Iterator<Map.Entry<String, Node>> children) {}

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

    private Node withoutGrants(Node root, UseByDomain useChange) {
        Deque<Cleaning> open = new ArrayDeque<>();
        open.push(new Cleaning("", root, withoutOwnGrants(root, useChange)));
        while (true) {
            Cleaning at = open.element();
            if (at.children.hasNext()) {
                Map.Entry<String, Node> child = at.children.next();
                if (child.getValue().mayName(domid)) {
                    Node node = child.getValue();
                    open.push(new Cleaning(child.getKey(), node, withoutOwnGrants(node, useChange)));
                }
                continue;
            }
            open.pop();
            if (open.isEmpty()) {
                return at.cleaned;
            }
            open.element().take(at);
        }
    }

    private Node withoutOwnGrants(Node node, UseByDomain useChange) {
        if (node.permissions().without(domid).equals(node.permissions())) {
            return node;
        }
        Node cleaned = node.withoutGrantsTo(domid);
        useChange.add(node.owner(), 0, (long) cleaned.size() - node.size());
        return cleaned;
    }

    /** A node whose children are being cleaned. */
    private static final class Cleaning {
        private final String name;
        private final Node before;
        private final Iterator<Map.Entry<String, Node>> children;
        private Node cleaned;

        /** @param cleaned the node itself without the grants */
        Cleaning(String name, Node before, Node cleaned) {
            this.name = name;
            this.before = before;
            this.children = before.children().iterator();
            this.cleaned = cleaned;
        }

        void take(Cleaning child) {
            if (child.cleaned != child.before) {
                cleaned = cleaned.withChildReplaced(child.name, child.cleaned);
            }
        }
    }
}
