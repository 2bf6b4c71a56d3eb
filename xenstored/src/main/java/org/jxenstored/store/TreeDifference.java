package org.jxenstored.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tree differs from what it was: what has to be done to the one to make it the other, child order included.
 *
 * <p>What both share is skipped, so the cost is that of the changes, not of the tree.
 */
public final class TreeDifference {
    /** Told of a difference as of a walk that begins at {@code /}. */
    public interface Walk {
        /** To the child of this name; if there is none, the next call is {@link #set}, which makes it, as the last. */
        void down(String name);

        /** Back to the parent. */
        void up();

        /** The node here has this value and these permissions. */
        void set(Node node);

        /** The child of this name is removed, with all below it. */
        void remove(String name);

        /** The special nodes have these permissions. */
        void setSpecial(Node introduceDomain, Node releaseDomain);
    }

    private final Walk walk;

    /** The next is the last. */
    private final List<Deed> left = new ArrayList<>(64);

    private final ChildDifference.Visitor planner = new ChildDifference.Visitor() {
        @Override
        public void removed(String name) {
            left.add(new Deed.Removed(name));
        }

        @Override
        public void present(String name, @Nullable Node before, Node now) {
            left.add(new Deed.Present(name, before, now));
        }
    };

    private TreeDifference(Walk walk) {
        this.walk = walk;
    }

    /** Leads along all differences. */
    public static void between(Tree before, Tree now, Walk walk) {
        if (before.introduceDomain() != now.introduceDomain() || before.releaseDomain() != now.releaseDomain()) {
            walk.setSpecial(now.introduceDomain(), now.releaseDomain());
        }
        new TreeDifference(walk).compare(before.root(), now.root());
    }

    /** Leads through the whole tree, as if there had been nothing but an empty {@code /}. */
    public static void all(Tree tree, Walk walk) {
        walk.setSpecial(tree.introduceDomain(), tree.releaseDomain());
        new TreeDifference(walk).compare(null, tree.root());
    }

    /** A tree may be a thousand levels deep, and a thread's stack is not: so what is left to do is on the heap. */
    @SuppressWarnings("ReferenceEquality") // what is shared is the same object
    private void compare(@Nullable Node before, Node now) {
        tell(before, now);
        planBelow(before, now);
        while (!left.isEmpty()) {
            switch (left.removeLast()) {
                case Deed.Removed(String name) -> walk.remove(name);
                case Deed.Present(String name, var earlier, Node child) -> {
                    walk.down(name);
                    tell(earlier, child);
                    if (earlier != null && earlier.children() == child.children()) {
                        walk.up();
                    } else {
                        left.add(Deed.Left.THE_NODE);
                        planBelow(earlier, child);
                    }
                }
                case Deed.Left.THE_NODE -> walk.up();
            }
        }
    }

    /** A step of the walk. */
    private sealed interface Deed {
        record Removed(String name) implements Deed {}

        record Present(String name, @Nullable Node before, Node now) implements Deed {}

        enum Left implements Deed {
            THE_NODE
        }
    }

    /** Tells of the node itself. */
    private void tell(@Nullable Node before, Node now) {
        if (before == null
                || !before.value().equals(now.value())
                || !before.permissions().equals(now.permissions())) {
            walk.set(now);
        }
    }

    /** What is to be done below a node comes next. */
    private void planBelow(@Nullable Node before, Node now) {
        int first = left.size();
        ChildDifference.between(before == null ? Children.none() : before.children(), now.children(), planner);
        if (left.size() - first > 1) {
            Collections.reverse(left.subList(first, left.size()));
        }
    }
}
