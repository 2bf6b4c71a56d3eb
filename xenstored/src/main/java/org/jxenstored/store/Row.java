package org.jxenstored.store;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Things by index, 0 upwards, without gaps. Immutable: a change copies one array of at most 32 at each level of a radix
 * tree.
 *
 * <p>Implementation note: the arrays of the lowest level hold the things, those above hold arrays. There are no objects
 * beside them.
 */
final class Row<T> implements Iterable<T> {
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;
    private static final Object[] NONE = {};
    private static final Row<?> EMPTY = new Row<>(NONE, 0, 0);

    private final Object[] root;

    /** By how much an index is shifted to find its place in {@link #root}. */
    private final int shift;

    private final int size;

    private Row(Object[] root, int shift, int size) {
        this.root = root;
        this.shift = shift;
        this.size = size;
    }

    @SuppressWarnings("unchecked") // it holds nothing
    static <T> Row<T> empty() {
        return (Row<T>) EMPTY;
    }

    int size() {
        return size;
    }

    @SuppressWarnings("unchecked") // only with() and append() put things in, both of type T
    T get(int index) {
        Object[] array = root;
        for (int below = shift; below > 0; below -= BITS) {
            array = (Object[]) array[(index >>> below) & MASK];
        }
        return (T) array[index & MASK];
    }

    /** With another thing at an index in use. */
    Row<T> with(int index, T thing) {
        return new Row<>(put(root, shift, index, thing), shift, size);
    }

    /** With one more, at index {@link #size}. */
    Row<T> append(T thing) {
        boolean full = size == 1L << (shift + BITS);
        Object[] top = full ? new Object[] {root} : root;
        int depth = full ? shift + BITS : shift;
        return new Row<>(put(top, depth, size, thing), depth, size + 1);
    }

    /** Calls this for each index at which another row of things has another thing, or none, or one more. */
    @SuppressWarnings(
            "ReferenceEquality") // what is shared is the same object; equal ones may differ in what they share
    void forEachDifference(Row<T> other, IntConsumer index) {
        if (shift == other.shift) {
            difference(root, other.root, shift, 0, index);
            return;
        }
        for (int i = 0; i < Math.max(size, other.size); i++) {
            if (i >= size || i >= other.size || get(i) != other.get(i)) {
                index.accept(i);
            }
        }
    }

    /** What both share is skipped, however much it is. */
    @SuppressWarnings("ReferenceEquality") // as above
    private static void difference(Object[] one, Object[] other, int shift, int first, IntConsumer index) {
        for (int i = 0; i < Math.max(one.length, other.length); i++) {
            Object mine = i < one.length ? one[i] : null;
            Object theirs = i < other.length ? other[i] : null;
            int at = first + (i << shift);
            if (mine != theirs && shift == 0) {
                index.accept(at);
            } else if (mine != theirs) {
                difference(array(mine), array(theirs), shift - BITS, at, index);
            }
        }
    }

    private static Object[] array(@Nullable Object array) {
        return array == null ? NONE : (Object[]) array;
    }

    private static Object[] put(Object[] array, int shift, int index, Object thing) {
        int place = (index >>> shift) & MASK;
        Object[] changed = new Object[Math.max(array.length, place + 1)];
        System.arraycopy(array, 0, changed, 0, array.length);
        if (shift == 0) {
            changed[place] = thing;
        } else {
            Object[] below = place < array.length ? (Object[]) array[place] : new Object[0];
            changed[place] = put(below, shift - BITS, index, thing);
        }
        return changed;
    }

    @Override
    public Iterator<T> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size;
            }

            @Override
            public T next() {
                if (next == size) {
                    throw new NoSuchElementException();
                }
                return get(next++);
            }
        };
    }
}
