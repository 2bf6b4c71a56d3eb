package org.jxenstored.store;

import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;

/**
 * The whole store at one moment: the nodes below {@code /} and the two special nodes (S-NODE-1 to S-NODE-3).
 *
 * @param root the node {@code /}; always there
 * @param introduceDomain who may see introductions
 * @param releaseDomain who may see shutdowns and deaths
 */
public record Tree(Node root, Node introduceDomain, Node releaseDomain) {

    /** The node of this name, or null. */
    public @Nullable Node find(NodePath path) {
        return switch (path) {
            case StorePath inTree -> find(inTree, inTree.depth());
            case SpecialPath special -> findSpecial(special);
        };
    }

    private @Nullable Node findSpecial(SpecialPath path) {
        if (path.equals(SpecialPath.INTRODUCE_DOMAIN)) {
            return introduceDomain;
        }
        return path.equals(SpecialPath.RELEASE_DOMAIN) ? releaseDomain : null;
    }

    /** The node of the first {@code depth} names of the path, or null. */
    public @Nullable Node find(StorePath path, int depth) {
        Node node = root;
        for (int level = 0; level < depth && node != null; level++) {
            node = node.children().get(path.name(level));
        }
        return node;
    }

    /** How many names of the path lead to existing nodes. */
    public int existingDepth(StorePath path) {
        Node node = root;
        for (int level = 0; level < path.depth(); level++) {
            node = node.children().get(path.name(level));
            if (node == null) {
                return level;
            }
        }
        return path.depth();
    }

    /** With another node in the place of an existing one, or as a new last child of an existing parent. */
    public Tree with(NodePath path, Node node) {
        return switch (path) {
            case StorePath inTree -> with(inTree, inTree.depth(), node);
            case SpecialPath special
            when special.equals(SpecialPath.INTRODUCE_DOMAIN) -> new Tree(root, node, releaseDomain);
            case SpecialPath special
            when special.equals(SpecialPath.RELEASE_DOMAIN) -> new Tree(root, introduceDomain, node);
            case SpecialPath special -> throw new IllegalArgumentException("no special node " + special);
        };
    }

    /** As {@link #with(NodePath, Node)} for the node of the first {@code depth} names of the path. */
    public Tree with(StorePath path, int depth, Node node) {
        Node[] ancestors = new Node[depth];
        Node at = root;
        for (int level = 0; level < depth; level++) {
            if (at == null) {
                throw new IllegalArgumentException("no parent for " + path);
            }
            ancestors[level] = at;
            at = at.children().get(path.name(level));
        }
        Node changed = node;
        for (int level = depth - 1; level >= 0; level--) {
            changed = ancestors[level].withChildReplaced(path.name(level), changed);
        }
        return new Tree(changed, introduceDomain, releaseDomain);
    }
}
