package org.jxenstored.store;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any number of children.
 *
 * <p>Implementation note: each child has a slot; slots are handed out upwards, so slot order is creation order. {@link
 * Slots} holds the children by slot, {@link NameIndex} finds the slot of a name. Replacing a child leaves
 * the index alone. A removed child leaves its slot empty; when more than half of the slots are empty, all are
 * numbered anew, which costs each removal a constant share.
 */
final class ManyChildren implements Children {
    private static final ManyChildren NONE = new ManyChildren(NameIndex.EMPTY, Slots.EMPTY, 0, 0);

    private final NameIndex index;
    private final Slots slots;
    private final int size;
    private final int namesSize;

    private ManyChildren(NameIndex index, Slots slots, int size, int namesSize) {
        this.index = index;
        this.slots = slots;
        this.size = size;
        this.namesSize = namesSize;
    }

    static ManyChildren of(Children others) {
        ManyChildren all = NONE;
        for (Map.Entry<String, Node> child : others) {
            all = all.append(child.getKey(), child.getValue());
        }
        return all;
    }

    @Override
    public @Nullable Node get(String name) {
        int slot = index.get(name, slots);
        return slot < 0 ? null : slots.node(slot);
    }

    @Override
    public Children with(String name, Node child) {
        int slot = index.get(name, slots);
        return slot < 0
                ? append(SharedNames.shared(name), child)
                : new ManyChildren(index, slots.replace(slot, child), size, namesSize);
    }

    private ManyChildren append(String name, Node child) {
        return new ManyChildren(
                index.with(name, slots.next()), slots.append(name, child), size + 1, namesSize + name.length() + 1);
    }

    @Override
    public Children without(String name) {
        int slot = index.get(name, slots);
        if (slot < 0) {
            return this;
        }
        ManyChildren fewer =
                new ManyChildren(index.without(name, slot), slots.clear(slot), size - 1, namesSize - name.length() - 1);
        if (fewer.size <= FewChildren.MAX / 2) {
            return fewer.toFew();
        }
        return fewer.size < slots.next() / 2 ? of(fewer) : fewer;
    }

    /**
     * What differs from an earlier version, without a look at what both share.
     *
     * @return false if slots mean something else now, as they were numbered anew in between; then nothing was told
     */
    boolean differenceTo(ManyChildren before, ChildDifference.Visitor visitor) {
        if (slots.next() < before.slots.next()) {
            return false;
        }
        DifferentSlots different = new DifferentSlots(before.slots);
        slots.forEachDifference(before.slots, different);
        if (different.meanOthers) {
            return false;
        }
        for (int i = 0; i < different.count; i++) {
            int slot = different.numbers[i];
            String name = slots.name(slot);
            String earlier = before.slots.name(slot);
            Node node = slots.node(slot);
            if (earlier != null && node == null) {
                visitor.removed(earlier);
            } else if (name != null && node != null) {
                visitor.present(name, before.slots.node(slot), node);
            }
        }
        return true;
    }

    /** Collects in which slots two versions differ. */
    private final class DifferentSlots implements Slots.Difference {
        private final Slots before;
        private int[] numbers = new int[8];
        private int count;
        private boolean meanOthers;

        DifferentSlots(Slots before) {
            this.before = before;
        }

        @Override
        public void at(int slot) {
            String name = slots.name(slot);
            meanOthers |= name != null && slot < before.next() && !name.equals(before.name(slot));
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = slot;
        }
    }

    private FewChildren toFew() {
        String[] names = new String[size];
        Node[] nodes = new Node[size];
        int i = 0;
        for (Map.Entry<String, Node> child : this) {
            names[i] = child.getKey();
            nodes[i++] = child.getValue();
        }
        return FewChildren.of(names, nodes);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int namesSize() {
        return namesSize;
    }

    @Override
    public long named() {
        return slots.named();
    }

    @Override
    public Iterator<Map.Entry<String, Node>> iterator() {
        return slots.iterator();
    }
}
