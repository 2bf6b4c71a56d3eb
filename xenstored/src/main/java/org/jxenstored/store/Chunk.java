package org.jxenstored.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Up to {@link #WIDTH} slots of a directory: each holds a child with its name, or nothing. Immutable.
 *
 * @param names shared with other versions that differ in nodes only
 * @param named which domains the subtrees name, roughly
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this package
record Chunk(@Nullable String[] names, @Nullable Node[] nodes, long named) {
    static final int WIDTH = 32;
    static final Chunk EMPTY = new Chunk(new String[0], new Node[0], DomidSet.EMPTY);

    boolean isFull() {
        return nodes.length == WIDTH;
    }

    /** The name in a slot, or null if the slot is empty or not there. */
    @Nullable
    String name(int i) {
        return i < names.length ? names[i] : null;
    }

    /** The node in a slot, or null if the slot is empty or not there. */
    @Nullable
    Node node(int i) {
        return i < nodes.length ? nodes[i] : null;
    }

    Chunk append(String name, Node node) {
        int length = nodes.length;
        @Nullable String[] longerNames = Arrays.copyOf(names, length + 1);
        @Nullable Node[] longerNodes = Arrays.copyOf(nodes, length + 1);
        longerNames[length] = name;
        longerNodes[length] = node;
        return new Chunk(longerNames, longerNodes, named | node.named());
    }

    /** With another node in a slot in use. */
    Chunk replace(int i, Node node) {
        return with(names, i, node, node.named());
    }

    /** With a slot emptied. */
    Chunk clear(int i) {
        @Nullable String[] fewer = names.clone();
        fewer[i] = null;
        return with(fewer, i, null, DomidSet.EMPTY);
    }

    /** The summary is made anew only if it may have shrunk: that reads all nodes. */
    private Chunk with(@Nullable String[] newNames, int i, @Nullable Node node, long nodeNamed) {
        Node old = nodes[i];
        @Nullable Node[] changed = nodes.clone();
        changed[i] = node;
        boolean grows = old == null || DomidSet.includes(nodeNamed, old.named());
        return new Chunk(newNames, changed, grows ? named | nodeNamed : namedBy(changed));
    }

    private static long namedBy(@Nullable Node[] nodes) {
        long all = DomidSet.EMPTY;
        for (Node node : nodes) {
            all |= node == null ? DomidSet.EMPTY : node.named();
        }
        return all;
    }
}
