package org.jxenstored.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of payloads that nobody can foresee who does not know its two numbers.
 *
 * <p>Guests choose paths and tokens. If they could find some whose hashes are the same, each search among them would be a
 * search from end to end. So every word of eight bytes is mixed in by a multiplication with a secret factor, of whose result
 * both halves count.
 *
 * @param start what the hash of no bytes begins with
 * @param factor is made odd, so that no bit of a word is lost
 */
record PayloadHash(long start, long factor) {
    /** For those who serve nobody they do not trust. */
    static final PayloadHash FORESEEN = new PayloadHash(0, 0x9E37_79B9_7F4A_7C15L);

    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    PayloadHash {
        factor |= 1;
    }

    /** The hash of {@code length} bytes from {@code offset} on. */
    long of(byte[] bytes, int offset, int length) {
        int end = offset + length;
        long hash = start;
        int at = offset;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = mixed(hash ^ (long) WORD.get(bytes, at));
        }
        if (at < end) {
            hash = mixed(hash ^ lastWord(bytes, at, end));
        }
        // Not before the words: there it would be the same as a bit of the first one.
        return mixed(hash ^ length);
    }

    private static long lastWord(byte[] bytes, int from, int to) {
        long word = 0;
        for (int i = to - 1; i >= from; i--) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return word;
    }

    private long mixed(long word) {
        return word * factor ^ Math.unsignedMultiplyHigh(word, factor);
    }
}
