package org.jxenstored.store;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any number of children.
 *
 * <p>Implementation note: each child has a slot; slots are handed out upwards, so slot order is creation order. {@link
 * SlotTrie} holds the children by slot, {@link NameIndex} finds the slot of a name. Replacing a child leaves
 * the index alone. A removed child leaves its slot empty; when more than half of the slots are empty, all are
 * numbered anew, which costs each removal a constant share.
 */
final class ManyChildren implements Children {
    private final NameIndex index;
    private final SlotTrie slots;
    private final int size;
    private final int namesSize;

    private ManyChildren(NameIndex index, SlotTrie slots, int size, int namesSize) {
        this.index = index;
        this.slots = slots;
        this.size = size;
        this.namesSize = namesSize;
    }

    static ManyChildren of(Children few) {
        List<Map.Entry<String, Node>> entries = new ArrayList<>(few.size());
        few.forEach(entries::add);
        NameIndex index = NameIndex.EMPTY;
        SlotTrie slots = SlotTrie.EMPTY;
        for (Map.Entry<String, Node> entry : entries) {
            index = index.with(entry.getKey(), slots.nextSlot());
            slots = slots.append(entry.getKey(), entry.getValue());
        }
        return new ManyChildren(index, slots, few.size(), few.namesSize());
    }

    @Override
    public @Nullable Node get(String name) {
        int slot = index.get(name);
        return slot < 0 ? null : slots.node(slot);
    }

    @Override
    public Children with(String name, Node child) {
        int slot = index.get(name);
        if (slot >= 0) {
            return new ManyChildren(index, slots.replace(slot, name, child), size, namesSize);
        }
        return new ManyChildren(
                index.with(name, slots.nextSlot()), slots.append(name, child), size + 1, namesSize + name.length() + 1);
    }

    @Override
    public Children without(String name) {
        int slot = index.get(name);
        if (slot < 0) {
            return this;
        }
        ManyChildren fewer =
                new ManyChildren(index.without(name), slots.clear(slot), size - 1, namesSize - name.length() - 1);
        if (fewer.size <= FewChildren.MAX / 2) {
            return fewer.toFew();
        }
        return fewer.size < slots.nextSlot() / 2 ? of(fewer) : fewer;
    }

    private FewChildren toFew() {
        String[] names = new String[size];
        Node[] nodes = new Node[size];
        int i = 0;
        for (Map.Entry<String, Node> child : this) {
            names[i] = child.getKey();
            nodes[i++] = child.getValue();
        }
        return new FewChildren(names, nodes);
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
    public DomidSet named() {
        return slots.named();
    }

    @Override
    public Iterator<Map.Entry<String, Node>> iterator() {
        return slots.iterator();
    }
}
