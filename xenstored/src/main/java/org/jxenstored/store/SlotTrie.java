package org.jxenstored.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Children by slot number, 0 upwards, some slots empty. Immutable; a radix tree with 32 branches a level. */
final class SlotTrie implements Iterable<Map.Entry<String, Node>> {
    private static final int BITS = 5;
    private static final int WIDTH = 1 << BITS;

    static final SlotTrie EMPTY = new SlotTrie(Branch.EMPTY, 0, 0);

    /** What stands in a branch: another branch or a child. */
    private sealed interface Entry {
        DomidSet named();
    }

    private record Leaf(String name, Node node) implements Entry {
        @Override
        public DomidSet named() {
            return node.named();
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
    private record Branch(@Nullable Entry[] entries, DomidSet named) implements Entry {
        static final Branch EMPTY = new Branch(new Entry[0], DomidSet.EMPTY);

        @Nullable
        Entry at(int i) {
            return i < entries.length ? entries[i] : null;
        }

        Branch with(int i, @Nullable Entry entry) {
            @Nullable Entry[] changed = new Entry[Math.max(entries.length, i + 1)];
            System.arraycopy(entries, 0, changed, 0, entries.length);
            changed[i] = entry;
            DomidSet all = DomidSet.EMPTY;
            for (Entry each : changed) {
                all = each == null ? all : all.or(each.named());
            }
            return new Branch(changed, all);
        }
    }

    private final Branch root;
    private final int levels;
    private final int nextSlot;

    private SlotTrie(Branch root, int levels, int nextSlot) {
        this.root = root;
        this.levels = levels;
        this.nextSlot = nextSlot;
    }

    /** The slot {@link #append} will use; all slots in use are below. */
    int nextSlot() {
        return nextSlot;
    }

    DomidSet named() {
        return root.named();
    }

    /** The child in this slot, or null if it is empty. */
    @Nullable
    Node node(int slot) {
        Entry entry = root;
        for (int level = levels; entry instanceof Branch branch; level--) {
            entry = branch.at(digit(slot, level));
        }
        return entry instanceof Leaf leaf ? leaf.node() : null;
    }

    SlotTrie append(String name, Node node) {
        boolean full = nextSlot == 1 << (BITS * (levels + 1));
        Branch top = full ? Branch.EMPTY.with(0, root) : root;
        int depth = full ? levels + 1 : levels;
        return new SlotTrie(put(top, depth, nextSlot, new Leaf(name, node)), depth, nextSlot + 1);
    }

    SlotTrie replace(int slot, String name, Node node) {
        return new SlotTrie(put(root, levels, slot, new Leaf(name, node)), levels, nextSlot);
    }

    SlotTrie clear(int slot) {
        return new SlotTrie(put(root, levels, slot, null), levels, nextSlot);
    }

    private static Branch put(Branch branch, int level, int slot, @Nullable Leaf leaf) {
        int i = digit(slot, level);
        if (level == 0) {
            return branch.with(i, leaf);
        }
        Branch below = branch.at(i) instanceof Branch present ? present : Branch.EMPTY;
        return branch.with(i, put(below, level - 1, slot, leaf));
    }

    private static int digit(int slot, int level) {
        return (slot >>> (BITS * level)) & (WIDTH - 1);
    }

    @Override
    public Iterator<Map.Entry<String, Node>> iterator() {
        return new SlotIterator(root);
    }

    private static final class SlotIterator implements Iterator<Map.Entry<String, Node>> {
        private record Place(Branch branch, int next) {}

        private final Deque<Place> places = new ArrayDeque<>();
        private @Nullable Leaf upcoming;

        SlotIterator(Branch root) {
            places.push(new Place(root, 0));
            advance();
        }

        private void advance() {
            upcoming = null;
            while (upcoming == null && !places.isEmpty()) {
                Place place = places.pop();
                if (place.next() == place.branch().entries().length) {
                    continue;
                }
                places.push(new Place(place.branch(), place.next() + 1));
                switch (place.branch().at(place.next())) {
                    case Branch below -> places.push(new Place(below, 0));
                    case Leaf leaf -> upcoming = leaf;
                    case null -> {}
                }
            }
        }

        @Override
        public boolean hasNext() {
            return upcoming != null;
        }

        @Override
        public Map.Entry<String, Node> next() {
            Leaf leaf = upcoming;
            if (leaf == null) {
                throw new NoSuchElementException();
            }
            advance();
            return Map.entry(leaf.name(), leaf.node());
        }
    }
}
