package org.jxenstored.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Up to {@link #MAX} children in two arrays. */
final class FewChildren implements Children {
    static final int MAX = 8;
    static final FewChildren NONE = new FewChildren(new String[0], new Node[0]);

    private final String[] names;
    private final Node[] nodes;
    private final int namesSize;
    private final DomidSet named;

    FewChildren(String[] names, Node[] nodes) {
        this.names = names;
        this.nodes = nodes;
        int size = 0;
        DomidSet all = DomidSet.EMPTY;
        for (int i = 0; i < names.length; i++) {
            size += names[i].length() + 1;
            all = all.or(nodes[i].named());
        }
        this.namesSize = size;
        this.named = all;
    }

    @Override
    public @Nullable Node get(String name) {
        int index = indexOf(name);
        return index < 0 ? null : nodes[index];
    }

    private int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Children with(String name, Node child) {
        int index = indexOf(name);
        if (index >= 0) {
            Node[] changed = nodes.clone();
            changed[index] = child;
            return new FewChildren(names, changed);
        }
        int length = names.length;
        if (length == MAX) {
            return ManyChildren.of(this).with(name, child);
        }
        String[] longerNames = Arrays.copyOf(names, length + 1);
        Node[] longerNodes = Arrays.copyOf(nodes, length + 1);
        longerNames[length] = name;
        longerNodes[length] = child;
        return new FewChildren(longerNames, longerNodes);
    }

    @Override
    public Children without(String name) {
        int gone = indexOf(name);
        if (gone < 0) {
            return this;
        }
        int left = names.length - 1;
        if (left == 0) {
            return NONE;
        }
        String[] fewerNames = Arrays.copyOf(names, left);
        Node[] fewerNodes = Arrays.copyOf(nodes, left);
        System.arraycopy(names, gone + 1, fewerNames, gone, left - gone);
        System.arraycopy(nodes, gone + 1, fewerNodes, gone, left - gone);
        return new FewChildren(fewerNames, fewerNodes);
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public int namesSize() {
        return namesSize;
    }

    @Override
    public DomidSet named() {
        return named;
    }

    @Override
    public Iterator<Map.Entry<String, Node>> iterator() {
        return IntStream.range(0, names.length)
                .mapToObj(i -> Map.entry(names[i], nodes[i]))
                .iterator();
    }
}
