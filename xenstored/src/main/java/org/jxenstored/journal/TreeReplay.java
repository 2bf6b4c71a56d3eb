package org.jxenstored.journal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Children;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.Tree;

/**
 * A tree that is changed by a walk through it, as {@link org.jxenstored.store.TreeDifference} leads one.
 *
 * <p>Implementation note: the nodes on the way from the root are kept open; a parent gets its changed child when
 * the walk leaves the child.
 */
final class TreeReplay {
    /** A node the walk is in, or below. */
    private static final class Open {
        private final String name;
        private @Nullable Node node;

        Open(String name, @Nullable Node node) {
            this.name = name;
            this.node = node;
        }

        Node present() throws DamagedException {
            if (node == null) {
                throw new DamagedException("a node " + name + " is used that was never made");
            }
            return node;
        }
    }

    private final Generations generations;
    private final Deque<Open> way = new ArrayDeque<>();
    private @Nullable Node introduceDomain;
    private @Nullable Node releaseDomain;

    /** @param generations every change gets a new one; those from before the start mean nothing any more */
    TreeReplay(Generations generations) {
        this.generations = generations;
        way.push(new Open("/", null));
    }

    private Open here() {
        return way.element();
    }

    void down(String name) throws DamagedException {
        Node parent = here().present();
        way.push(new Open(name, parent.children().get(name)));
    }

    void up() throws DamagedException {
        if (way.size() == 1) {
            throw new DamagedException("the way leads above the root");
        }
        Open child = way.pop();
        Node changed = child.present();
        Open parent = here();
        Node before = parent.present();
        @Nullable Node old = before.children().get(child.name);
        if (old != changed) {
            Children children = before.children().with(child.name, changed);
            parent.node = before.withChildren(children, old == null ? generations.next() : before.generation());
        }
    }

    void toRoot() throws DamagedException {
        while (way.size() > 1) {
            up();
        }
    }

    void set(Value value, Permissions permissions) {
        Open here = here();
        long generation = generations.next();
        here.node = here.node == null
                ? Node.leaf(value, permissions, generation)
                : here.node.withValue(value, generation).withPermissions(permissions, generation);
    }

    /** Gives a node that is there another value; the walk is at the root then. */
    void overwrite(String path, Value value) throws DamagedException {
        toRoot();
        if (!(NodePath.parse(path, StorePath.ROOT.text()).orElse(null) instanceof StorePath to)) {
            throw new DamagedException("a value is given to what is not the path of a node");
        }
        for (int level = 0; level < to.depth(); level++) {
            down(to.name(level));
        }
        here().node = here().present().withValue(value, generations.next());
        toRoot();
    }

    void remove(String name) throws DamagedException {
        Node parent = here().present();
        if (parent.children().get(name) == null) {
            throw new DamagedException("a node " + name + " is removed that was never made");
        }
        here().node = parent.withChildren(parent.children().without(name), generations.next());
    }

    void setSpecial(Permissions ofIntroduceDomain, Permissions ofReleaseDomain) throws DamagedException {
        toRoot();
        introduceDomain = Node.leaf(Value.EMPTY, ofIntroduceDomain, generations.next());
        releaseDomain = Node.leaf(Value.EMPTY, ofReleaseDomain, generations.next());
    }

    /** The tree, if all that belongs to one was told of. */
    Optional<Tree> tree() throws DamagedException {
        toRoot();
        Node root = here().node;
        return root == null || introduceDomain == null || releaseDomain == null
                ? Optional.empty()
                : Optional.of(new Tree(root, introduceDomain, releaseDomain));
    }
}
