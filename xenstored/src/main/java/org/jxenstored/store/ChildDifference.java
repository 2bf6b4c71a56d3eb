package org.jxenstored.store;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the children of a node differ from what they were. Those that stayed keep their order, new ones come at the end. */
final class ChildDifference {
    /** Told of differences in an order in which they can be made again. */
    interface Visitor {
        void removed(String name);

        /** A child that is another one now, or that is new: then {@code before} is null, and it comes last. */
        void present(String name, @Nullable Node before, Node now);
    }

    private ChildDifference() {}

    static void between(Children before, Children now, Visitor visitor) {
        if (before == now) {
            return;
        }
        if (before instanceof FewChildren earlier && now instanceof FewChildren few) {
            few.differenceTo(earlier, visitor);
        } else if (!(before instanceof ManyChildren earlier
                && now instanceof ManyChildren many
                && many.differenceTo(earlier, visitor))) {
            compareAll(before, now, visitor);
        }
    }

    private static void compareAll(Children before, Children now, Visitor visitor) {
        Iterator<Map.Entry<String, Node>> present = now.iterator();
        Map.@Nullable Entry<String, Node> next = nextOf(present);
        for (Map.Entry<String, Node> old : before) {
            if (next != null && next.getKey().equals(old.getKey())) {
                if (next.getValue() != old.getValue()) {
                    visitor.present(next.getKey(), old.getValue(), next.getValue());
                }
                next = nextOf(present);
            } else {
                visitor.removed(old.getKey());
            }
        }
        for (; next != null; next = nextOf(present)) {
            visitor.present(next.getKey(), null, next.getValue());
        }
    }

    private static Map.@Nullable Entry<String, Node> nextOf(Iterator<Map.Entry<String, Node>> children) {
        return children.hasNext() ? children.next() : null;
    }
}
