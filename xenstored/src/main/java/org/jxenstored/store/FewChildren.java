package org.jxenstored.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Up to {@link #MAX} children in two arrays, without gaps. Versions that differ in nodes only share the names. */
final class FewChildren implements Children {
    static final int MAX = 16;
    static final FewChildren NONE = new FewChildren(new String[0], new Node[0], 0, DomidSet.EMPTY);

    private final String[] names;
    private final Node[] nodes;
    private final int namesSize;
    private final long named;

    private FewChildren(String[] names, Node[] nodes, int namesSize, long named) {
        this.names = names;
        this.nodes = nodes;
        this.namesSize = namesSize;
        this.named = named;
    }

    /** Keeps the arrays. */
    static FewChildren of(String[] names, Node[] nodes) {
        int namesSize = 0;
        for (String name : names) {
            namesSize += name.length() + 1;
        }
        return new FewChildren(names, nodes, namesSize, namedBy(nodes));
    }

    private static long namedBy(Node[] nodes) {
        long all = DomidSet.EMPTY;
        for (Node node : nodes) {
            all |= node.named();
        }
        return all;
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
            return replace(index, child);
        }
        return names.length < MAX
                ? append(SharedNames.shared(name), child)
                : ManyChildren.of(this).with(name, child);
    }

    private FewChildren replace(int index, Node child) {
        Node[] changed = nodes.clone();
        changed[index] = child;
        boolean grows = DomidSet.includes(child.named(), nodes[index].named());
        return new FewChildren(names, changed, namesSize, grows ? named | child.named() : namedBy(changed));
    }

    private FewChildren append(String name, Node child) {
        int length = names.length;
        String[] longerNames = Arrays.copyOf(names, length + 1);
        Node[] longerNodes = Arrays.copyOf(nodes, length + 1);
        longerNames[length] = name;
        longerNodes[length] = child;
        return new FewChildren(longerNames, longerNodes, namesSize + name.length() + 1, named | child.named());
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
        return of(fewerNames, fewerNodes);
    }

    /** What differs from an earlier version; without looking at names that both share. */
    @SuppressWarnings("ReferenceEquality") // what is shared is the same object
    void differenceTo(FewChildren before, ChildDifference.Visitor visitor) {
        boolean sameNames = names == before.names;
        int next = 0;
        for (int i = 0; i < before.names.length; i++) {
            if (sameNames || (next < names.length && names[next].equals(before.names[i]))) {
                if (nodes[next] != before.nodes[i]) {
                    visitor.present(names[next], before.nodes[i], nodes[next]);
                }
                next++;
            } else {
                visitor.removed(before.names[i]);
            }
        }
        for (; next < names.length; next++) {
            visitor.present(names[next], null, nodes[next]);
        }
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
    public long named() {
        return named;
    }

    @Override
    public Iterator<Map.Entry<String, Node>> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < names.length;
            }

            @Override
            public Map.Entry<String, Node> next() {
                if (next == names.length) {
                    throw new NoSuchElementException();
                }
                return Map.entry(names[next], nodes[next++]);
            }
        };
    }
}
