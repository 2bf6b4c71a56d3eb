package org.jxenstored.store;

import java.util.Arrays;

/**
 * Slot numbers by the names in {@link Slots}. Immutable; a hash table that grows by one bucket at a time.
 *
 * <p>Implementation note: linear hashing. With {@code n} buckets a name belongs to the bucket of as many low bits of its
 * hash as {@code n} needs, or of one bit less where that bucket is not there yet. When the buckets get
 * too full on average, bucket {@code n} is added and gets its share of the one it splits. A bucket is an array of keys: the hash
 * in the high half, the slot in the low half. So nothing is kept of a name but 8 bytes and its share of a bucket, and a name is
 * compared only where the whole hash is equal. Buckets that removals emptied stay until all is made anew.
 */
final class NameIndex {
    /** Keys in a bucket, on average, when one more bucket is added. */
    private static final int LOAD = 8;

    private static final long[] NO_KEYS = {};

    static final NameIndex EMPTY = new NameIndex(Row.<long[]>empty().append(NO_KEYS), 0);

    private final Row<long[]> buckets;
    private final int size;

    private NameIndex(Row<long[]> buckets, int size) {
        this.buckets = buckets;
        this.size = size;
    }

    /** The slot of this name, or -1. */
    int get(String name, Slots slots) {
        int hash = hash(name);
        for (long key : buckets.get(bucketOf(hash, buckets.size()))) {
            if (hashIn(key) == hash && name.equals(slots.name((int) key))) {
                return (int) key;
            }
        }
        return -1;
    }

    /** With a name that is not there yet. */
    NameIndex with(String name, int slot) {
        int hash = hash(name);
        int place = bucketOf(hash, buckets.size());
        long[] keys = buckets.get(place);
        long[] longer = Arrays.copyOf(keys, keys.length + 1);
        longer[keys.length] = ((long) hash << 32) | slot;
        Row<long[]> changed = buckets.with(place, longer);
        return new NameIndex(size < LOAD * changed.size() ? changed : withOneBucketMore(changed), size + 1);
    }

    private static Row<long[]> withOneBucketMore(Row<long[]> buckets) {
        int added = buckets.size();
        int split = added - Integer.highestOneBit(added);
        long[] keys = buckets.get(split);
        long[] staying = new long[keys.length];
        long[] going = new long[keys.length];
        int stay = 0;
        int go = 0;
        for (long key : keys) {
            if (bucketOf(hashIn(key), added + 1) == added) {
                going[go++] = key;
            } else {
                staying[stay++] = key;
            }
        }
        return buckets.with(split, Arrays.copyOf(staying, stay)).append(Arrays.copyOf(going, go));
    }

    /** Without a name that is there, in this slot. */
    NameIndex without(String name, int slot) {
        int place = bucketOf(hash(name), buckets.size());
        long[] keys = buckets.get(place);
        long[] left = new long[keys.length - 1];
        int kept = 0;
        for (long key : keys) {
            if ((int) key != slot) {
                left[kept++] = key;
            }
        }
        return new NameIndex(buckets.with(place, left), size - 1);
    }

    private static int bucketOf(int hash, int count) {
        int top = Integer.highestOneBit(count);
        int bucket = hash & (2 * top - 1);
        return bucket < count ? bucket : bucket - top;
    }

    private static int hashIn(long key) {
        return (int) (key >>> 32);
    }

    /** The hash with its high bits mixed into the low ones, which pick the bucket. */
    private static int hash(String name) {
        int hash = name.hashCode() * 0x9e3779b1;
        return hash ^ (hash >>> 15);
    }
}
