package org.jxenstored.store;

import java.util.Iterator;
import java.util.NoSuchElementException;

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
    private static final Row<?> EMPTY = new Row<>(new Object[0], 0, 0);

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
