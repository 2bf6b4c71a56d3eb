package org.jxenstored.store;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Gives equal immutable things as one, so that the tree holds each only once. It knows a bounded number of things and
 * forgets those not seen for long; so it may miss some, but nobody can fill it.
 *
 * <p>Implementation note: a table of sets of two by hash. The latest thing stands first in its set; a new one takes the
 * place of the other.
 */
final class Sharing<T> {
    private static final int WAYS = 2;

    private final AtomicReferenceArray<T> known;

    /** @param size of the table, a power of two */
    Sharing(int size) {
        this.known = new AtomicReferenceArray<>(size);
    }

    /** The thing itself, or an equal one seen before. */
    T shared(T thing) {
        int hash = thing.hashCode() * 0x9e3779b1;
        int first = (hash >>> 16 ^ hash) & (known.length() - WAYS);
        T latest = known.getPlain(first);
        if (thing.equals(latest)) {
            return latest;
        }
        T earlier = known.getPlain(first + 1);
        T found = thing.equals(earlier) ? earlier : thing;
        known.setRelease(first + 1, latest);
        known.setRelease(first, found);
        return found;
    }
}
