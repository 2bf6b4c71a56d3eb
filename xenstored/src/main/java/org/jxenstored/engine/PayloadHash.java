package org.jxenstored.engine;

import java.util.random.RandomGenerator;
import org.jxenstored.protocol.Value;

/**
 * A hash of payloads that nobody can foresee who does not know its two numbers.
 *
 * <p>Guests choose paths and tokens. If they could find some whose hashes are the same, each search among them would be a
 * search from end to end. So every word of eight bytes is mixed in by a multiplication with a secret factor, of whose result
 * both halves count.
 *
 * @param start what the hash of no bytes begins with
 * @param factor odd
 */
record PayloadHash(long start, long factor) {
    /** For those who serve nobody they do not trust. */
    static final PayloadHash FORESEEN = new PayloadHash(0, 0x9E37_79B9_7F4A_7C15L);

    static PayloadHash drawnFrom(RandomGenerator random) {
        return new PayloadHash(random.nextLong(), random.nextLong() | 1);
    }

    long of(Value payload) {
        int size = payload.size();
        long hash = start;
        for (int i = 0; i < size; i += Long.BYTES) {
            hash = mixed(hash ^ payload.wordAt(i));
        }
        // Not before the words: there it would be the same as a bit of the first one.
        return mixed(hash ^ size);
    }

    private long mixed(long word) {
        return word * factor ^ Math.unsignedMultiplyHigh(word, factor);
    }
}
