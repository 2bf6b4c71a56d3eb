package org.jxenstored.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Objects;

/** A value of at most {@link #MAX} bytes, in two words: eight bytes in the first, the rest and the size in the second. */
final class ShortValue extends Value {
    static final int MAX = 15;

    private static final int SIZE_SHIFT = 56;

    /** Byte 0 is the lowest. Bytes beyond the size are 0, so that equal values have equal words. */
    private final long low;

    /** Bytes 8 to 14, and the size as the highest. */
    private final long high;

    private ShortValue(long low, long high) {
        this.low = low;
        this.high = high;
    }

    static ShortValue of(byte[] bytes, int offset, int length) {
        return new ShortValue(
                pack(bytes, offset, Math.min(length, 8)),
                pack(bytes, offset + 8, length - 8) | ((long) length << SIZE_SHIFT));
    }

    private static long pack(byte[] bytes, int offset, int count) {
        long word = 0;
        for (int i = count - 1; i >= 0; i--) {
            word = (word << 8) | (bytes[offset + i] & 0xff);
        }
        return word;
    }

    @Override
    public int size() {
        return (int) (high >>> SIZE_SHIFT);
    }

    @Override
    public byte at(int index) {
        Objects.checkIndex(index, size());
        return byteAt(index);
    }

    private byte byteAt(int index) {
        return (byte) ((index < 8 ? low : high) >>> ((index & 7) << 3));
    }

    @Override
    public int indexOfNul(int from) {
        int size = size();
        for (int i = from; i < size; i++) {
            if (byteAt(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    @Override
    Value part(int from, int length) {
        return copyOf(bytes(from, length));
    }

    @Override
    public String text(int from, int to) {
        return new String(bytes(from, to - from), ISO_8859_1);
    }

    @Override
    public byte[] toByteArray() {
        return bytes(0, size());
    }

    private byte[] bytes(int from, int length) {
        Objects.checkFromIndexSize(from, length, size());
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = byteAt(from + i);
        }
        return bytes;
    }

    @Override
    public void copyTo(ByteBuffer to, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, size());
        for (int i = offset; i < offset + length; i++) {
            to.put(byteAt(i));
        }
    }

    @Override
    public boolean isAt(int from, byte[] array, int offset, int length) {
        Objects.checkFromIndexSize(from, length, size());
        for (int i = 0; i < length; i++) {
            if (byteAt(from + i) != array[offset + i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ShortValue value && low == value.low && high == value.high;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low * 31 + high);
    }
}
