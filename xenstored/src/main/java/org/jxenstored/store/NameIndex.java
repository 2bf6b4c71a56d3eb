package org.jxenstored.store;

import java.util.Arrays;

/**
 * Slot numbers by name. Immutable; a hash trie with up to 32 branches a level.
 *
 * <p>Implementation note: a level uses five bits of the hash. Its bitmap says which of the 32 branches exist; the array
 * holds just those. Where the bits are used up, names with equal hashes stand in one bucket and are
 * compared one by one.
 */
final class NameIndex {
    private static final int BITS = 5;
    private static final int LAST_SHIFT = 30;

    static final NameIndex EMPTY = new NameIndex(new Branch(0, new Object[0]));

    private record Slot(String name, int number) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
    private record Branch(int bitmap, Object[] entries) {}

    @SuppressWarnings("ArrayRecordComponent") // as above
    private record Bucket(Slot[] slots) {}

    private final Branch root;

    private NameIndex(Branch root) {
        this.root = root;
    }

    /** The slot of this name, or -1. */
    int get(String name) {
        int hash = hash(name);
        Branch branch = root;
        for (int shift = 0; ; shift += BITS) {
            int bit = bit(hash, shift);
            if ((branch.bitmap & bit) == 0) {
                return -1;
            }
            switch (branch.entries[position(branch.bitmap, bit)]) {
                case Branch below -> branch = below;
                case Slot slot -> {
                    return slot.name.equals(name) ? slot.number : -1;
                }
                case Bucket bucket -> {
                    return find(bucket, name);
                }
                default -> throw new AssertionError();
            }
        }
    }

    private static int find(Bucket bucket, String name) {
        for (Slot slot : bucket.slots) {
            if (slot.name.equals(name)) {
                return slot.number;
            }
        }
        return -1;
    }

    /** With a name that is not there yet. */
    NameIndex with(String name, int number) {
        return new NameIndex(with(root, 0, hash(name), new Slot(name, number)));
    }

    private static Branch with(Branch branch, int shift, int hash, Slot added) {
        int bit = bit(hash, shift);
        int position = position(branch.bitmap, bit);
        if ((branch.bitmap & bit) == 0) {
            Object[] entries = new Object[branch.entries.length + 1];
            System.arraycopy(branch.entries, 0, entries, 0, position);
            entries[position] = added;
            System.arraycopy(branch.entries, position, entries, position + 1, branch.entries.length - position);
            return new Branch(branch.bitmap | bit, entries);
        }
        return replace(
                branch,
                position,
                switch (branch.entries[position]) {
                    case Branch below -> with(below, shift + BITS, hash, added);
                    case Slot present -> together(present, added, shift + BITS);
                    case Bucket bucket -> {
                        Slot[] slots = Arrays.copyOf(bucket.slots, bucket.slots.length + 1);
                        slots[slots.length - 1] = added;
                        yield new Bucket(slots);
                    }
                    default -> throw new AssertionError();
                });
    }

    private static Object together(Slot one, Slot other, int shift) {
        if (shift > LAST_SHIFT) {
            return new Bucket(new Slot[] {one, other});
        }
        Branch branch = new Branch(bit(hash(one.name), shift), new Object[] {one});
        return with(branch, shift, hash(other.name), other);
    }

    /** Without a name that is there. */
    NameIndex without(String name) {
        return new NameIndex(without(root, 0, hash(name), name));
    }

    private static Branch without(Branch branch, int shift, int hash, String name) {
        int bit = bit(hash, shift);
        int position = position(branch.bitmap, bit);
        return switch (branch.entries[position]) {
            case Branch below -> {
                Branch smaller = without(below, shift + BITS, hash, name);
                yield smaller.bitmap == 0 ? drop(branch, position, bit) : replace(branch, position, smaller);
            }
            case Slot _ -> drop(branch, position, bit);
            case Bucket bucket -> {
                Slot[] left = Arrays.stream(bucket.slots)
                        .filter(slot -> !slot.name.equals(name))
                        .toArray(Slot[]::new);
                yield replace(branch, position, left.length == 1 ? left[0] : new Bucket(left));
            }
            default -> throw new AssertionError();
        };
    }

    private static Branch drop(Branch branch, int position, int bit) {
        Object[] entries = new Object[branch.entries.length - 1];
        System.arraycopy(branch.entries, 0, entries, 0, position);
        System.arraycopy(branch.entries, position + 1, entries, position, entries.length - position);
        return new Branch(branch.bitmap & ~bit, entries);
    }

    private static Branch replace(Branch branch, int position, Object entry) {
        Object[] entries = branch.entries.clone();
        entries[position] = entry;
        return new Branch(branch.bitmap, entries);
    }

    /** The hash with its high bits mixed into the low ones, which pick the first branches. */
    private static int hash(String name) {
        int hash = name.hashCode() * 0x9e3779b1;
        return hash ^ (hash >>> 15);
    }

    private static int bit(int hash, int shift) {
        return 1 << ((hash >>> shift) & 31);
    }

    private static int position(int bitmap, int bit) {
        return Integer.bitCount(bitmap & (bit - 1));
    }
}
