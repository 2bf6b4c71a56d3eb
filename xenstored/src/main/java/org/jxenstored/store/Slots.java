package org.jxenstored.store;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Children with their names by slot number, 0 upwards, some slots empty. Immutable. */
final class Slots implements Iterable<Map.Entry<String, Node>> {
    static final Slots EMPTY = new Slots(Row.empty(), 0, DomidSet.EMPTY);

    private final Row<Chunk> chunks;
    private final int next;
    private final long named;

    private Slots(Row<Chunk> chunks, int next, long named) {
        this.chunks = chunks;
        this.next = next;
        this.named = named;
    }

    /** The slot {@link #append} will use; all slots in use are below. */
    int next() {
        return next;
    }

    /** Which domains the subtrees name, roughly. */
    long named() {
        return named;
    }

    /** The name of the child in this slot, or null if it is empty. */
    @Nullable
    String name(int slot) {
        return slot < next ? chunk(slot).names()[slot % Chunk.WIDTH] : null;
    }

    /** The child in this slot, or null if it is empty. */
    @Nullable
    Node node(int slot) {
        return slot < next ? chunk(slot).nodes()[slot % Chunk.WIDTH] : null;
    }

    private Chunk chunk(int slot) {
        return chunks.get(slot / Chunk.WIDTH);
    }

    Slots append(String name, Node node) {
        int last = chunks.size() - 1;
        Chunk open = last < 0 ? Chunk.EMPTY : chunks.get(last);
        Row<Chunk> changed = last < 0 || open.isFull()
                ? chunks.append(Chunk.EMPTY.append(name, node))
                : chunks.with(last, open.append(name, node));
        return new Slots(changed, next + 1, named | node.named());
    }

    /** With another child in a slot in use. */
    Slots replace(int slot, Node node) {
        return with(slot, chunk(slot).replace(slot % Chunk.WIDTH, node));
    }

    /** With a slot emptied. */
    Slots clear(int slot) {
        return with(slot, chunk(slot).clear(slot % Chunk.WIDTH));
    }

    /** The summary is made anew only if that of the chunk shrank: that reads all chunks. */
    private Slots with(int slot, Chunk chunk) {
        Chunk old = chunk(slot);
        Row<Chunk> changed = chunks.with(slot / Chunk.WIDTH, chunk);
        boolean grows = DomidSet.includes(chunk.named(), old.named());
        return new Slots(changed, next, grows ? named | chunk.named() : namedBy(changed));
    }

    private static long namedBy(Row<Chunk> chunks) {
        long all = DomidSet.EMPTY;
        for (Chunk chunk : chunks) {
            all |= chunk.named();
        }
        return all;
    }

    /** Told in which slots two versions of the same directory differ. */
    @FunctionalInterface
    interface Difference {
        void at(int slot);
    }

    /** Calls this for each slot that holds something else than, or has no place in, another version; upwards. */
    @SuppressWarnings("ReferenceEquality") // what is shared is the same object
    void forEachDifference(Slots other, Difference difference) {
        chunks.forEachDifference(other.chunks, number -> {
            Chunk mine = number < chunks.size() ? chunks.get(number) : Chunk.EMPTY;
            Chunk theirs = number < other.chunks.size() ? other.chunks.get(number) : Chunk.EMPTY;
            boolean sameNames = mine.names() == theirs.names();
            for (int i = 0; i < Math.max(mine.nodes().length, theirs.nodes().length); i++) {
                if (mine.node(i) != theirs.node(i) || (!sameNames && !Objects.equals(mine.name(i), theirs.name(i)))) {
                    difference.at(number * Chunk.WIDTH + i);
                }
            }
        });
    }

    @Override
    public Iterator<Map.Entry<String, Node>> iterator() {
        return new SlotIterator();
    }

    private final class SlotIterator implements Iterator<Map.Entry<String, Node>> {
        private Chunk chunk = Chunk.EMPTY;
        private int slot = -1;

        SlotIterator() {
            advance();
        }

        /** Goes to the next slot in use, or to the end. */
        private void advance() {
            do {
                slot++;
                if (slot % Chunk.WIDTH == 0 && slot < next) {
                    chunk = chunk(slot);
                }
            } while (slot < next && chunk.nodes()[slot % Chunk.WIDTH] == null);
        }

        @Override
        public boolean hasNext() {
            return slot < next;
        }

        @Override
        public Map.Entry<String, Node> next() {
            if (slot >= next) {
                throw new NoSuchElementException();
            }
            String name = chunk.names()[slot % Chunk.WIDTH];
            Node node = chunk.nodes()[slot % Chunk.WIDTH];
            if (name == null || node == null) {
                throw new AssertionError("slot " + slot + " is half empty");
            }
            advance();
            return Map.entry(name, node);
        }
    }
}
