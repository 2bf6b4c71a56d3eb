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

    /**
     * Levels that are compared on the thread's stack. A tree may be a thousand levels deep, and a stack is not: what is
     * further down is compared with a list of what is left to do.
     */
    private static final int ON_THE_STACK = 32;

    private final Walk walk;

    /** Of what is compared now, as long as that is on the stack. */
    private int depth;

    /** Leads along differences as they are found. */
    private final ChildDifference.Visitor onTheStack = new ChildDifference.Visitor() {
        @Override
        public void removed(String name) {
            walk.remove(name);
        }

        @Override
        public void present(String name, @Nullable Node before, Node now) {
            walk.down(name);
            tell(before, now);
            if (differsBelow(before, now)) {
                compareBelow(before, now);
            }
            walk.up();
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

    private void compare(@Nullable Node before, Node now) {
        tell(before, now);
        compareBelow(before, now);
    }

    /** Tells of the node itself. */
    private void tell(@Nullable Node before, Node now) {
        if (before == null
                || !before.value().equals(now.value())
                || !before.permissions().equals(now.permissions())) {
            walk.set(now);
        }
    }

    @SuppressWarnings("ReferenceEquality") // what is shared is the same object
    private static boolean differsBelow(@Nullable Node before, Node now) {
        return childrenOf(before) != now.children();
    }

    private static Children childrenOf(@Nullable Node node) {
        return node == null ? Children.none() : node.children();
    }

    private void compareBelow(@Nullable Node before, Node now) {
        if (depth == ON_THE_STACK) {
            new OnTheHeap().compareBelow(before, now);
            return;
        }
        depth++;
        ChildDifference.between(childrenOf(before), now.children(), onTheStack);
        depth--;
    }

    /** The walk below a node that is far down. */
    private final class OnTheHeap implements ChildDifference.Visitor {
        /** The next is the last. */
        private final List<Deed> left = new ArrayList<>();

        void compareBelow(@Nullable Node before, Node now) {
            plan(before, now);
            while (!left.isEmpty()) {
                switch (left.removeLast()) {
                    case Deed.Removed(String name) -> walk.remove(name);
                    case Deed.Present(String name, var earlier, Node child) -> {
                        walk.down(name);
                        tell(earlier, child);
                        left.add(Deed.Left.THE_NODE);
                        if (differsBelow(earlier, child)) {
                            plan(earlier, child);
                        }
                    }
                    case Deed.Left.THE_NODE -> walk.up();
                }
            }
        }

        /** What is to be done below a node comes next. */
        private void plan(@Nullable Node before, Node now) {
            int first = left.size();
            ChildDifference.between(childrenOf(before), now.children(), this);
            Collections.reverse(left.subList(first, left.size()));
        }

        @Override
        public void removed(String name) {
            left.add(new Deed.Removed(name));
        }

        @Override
        public void present(String name, @Nullable Node before, Node now) {
            left.add(new Deed.Present(name, before, now));
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
}
