package org.jxenstored.store;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The children of a node by name, in order of creation (S-NODE-4). Immutable.
 *
 * <p>A handful is kept in an array; more in {@link ManyChildren}, whose operations cost the same whether
 * there are fifty or a million.
 */
public sealed interface Children extends Iterable<Map.Entry<String, Node>> permits FewChildren, ManyChildren {
    /** No children. */
    static Children none() {
        return FewChildren.NONE;
    }

    /** The child of this name, or null. */
    @Nullable
    Node get(String name);

    /** With this child: in the place of the old one of that name, or at the end. */
    Children with(String name, Node child);

    /** Without the child of this name; the others keep their order. */
    Children without(String name);

    /** Number of children. */
    int size();

    default boolean isEmpty() {
        return size() == 0;
    }

    /** Bytes of all names, each with a NUL: the length of a full listing (P-DIR-4). */
    int namesSize();

    /** Which domains the subtrees name, roughly; a {@link DomidSet}. */
    long named();

    /** In order of creation. */
    @Override
    Iterator<Map.Entry<String, Node>> iterator();
}
