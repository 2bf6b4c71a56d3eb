package org.jxenstored.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An immutable row of bytes: a node's value or a message's payload. Any byte may stand anywhere.
 *
 * <p>Implementation note: a store holds a million of them, most of a few bytes. So up to {@link ShortValue#MAX} bytes
 * are kept in the object itself, without an array, and the 256 values of one byte exist once. A row of bytes
 * has one form only, so values of different forms are never equal.
 */
@SuppressWarnings("ClassInitializationDeadlock") // its kinds are only reached through here, so this class comes first
public abstract sealed class Value permits ShortValue, LongValue {
    /** No bytes at all. */
    public static final Value EMPTY = ShortValue.of(new byte[0], 0, 0);

    private static final Value[] ONE_BYTE = new Value[256];

    static {
        for (int b = 0; b < ONE_BYTE.length; b++) {
            ONE_BYTE[b] = ShortValue.of(new byte[] {(byte) b}, 0, 1);
        }
    }

    /** A copy of these bytes. */
    public static Value copyOf(byte... bytes) {
        return copyOf(bytes, 0, bytes.length);
    }

    /** A copy of {@code length} bytes from {@code offset} on. */
    public static Value copyOf(byte[] bytes, int offset, int length) {
        return length <= ShortValue.MAX
                ? shortCopy(bytes, offset, length)
                : new LongValue(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    private static Value shortCopy(byte[] bytes, int offset, int length) {
        return switch (length) {
            case 0 -> EMPTY;
            case 1 -> ONE_BYTE[bytes[offset] & 0xff];
            default -> ShortValue.of(bytes, offset, length);
        };
    }

    /** These very bytes, without a copy if there are many: the caller gives the array away and never writes to it again. */
    public static Value owning(byte[] bytes) {
        return bytes.length <= ShortValue.MAX ? shortCopy(bytes, 0, bytes.length) : new LongValue(bytes);
    }

    /** One byte for each character, which must be below 256. */
    public static Value of(String text) {
        return owning(text.getBytes(ISO_8859_1));
    }

    /** Number of bytes. */
    public abstract int size();

    public final boolean isEmpty() {
        return size() == 0;
    }

    public abstract byte at(int index);

    /** Index of the first NUL at or after {@code from}, or -1. */
    public abstract int indexOfNul(int from);

    /** The bytes from {@code from} (included) to {@code to} (excluded). */
    public final Value slice(int from, int to) {
        return from == 0 && to == size() ? this : part(from, to - from);
    }

    abstract Value part(int from, int length);

    /** The bytes as text, one character for each byte. */
    public final String text() {
        return text(0, size());
    }

    /** The bytes from {@code from} (included) to {@code to} (excluded) as text. */
    public abstract String text(int from, int to);

    /** A copy of the bytes. */
    public abstract byte[] toByteArray();

    /** Puts all bytes at the buffer's position. */
    public final void copyTo(ByteBuffer to) {
        copyTo(to, 0, size());
    }

    /** Puts {@code length} bytes from {@code offset} on at the buffer's position. */
    public abstract void copyTo(ByteBuffer to, int offset, int length);

    /** True if {@code length} of these bytes, from {@code from} on, are those of the array from {@code offset} on. */
    public abstract boolean isAt(int from, byte[] array, int offset, int length);

    @Override
    public abstract boolean equals(Object other);

    @Override
    public abstract int hashCode();

    /** The text between quotes, with bytes that do not print as {@code \xx}. */
    @Override
    public final String toString() {
        byte[] bytes = toByteArray();
        StringBuilder shown = new StringBuilder(bytes.length + 2).append('"');
        for (byte b : bytes) {
            int c = b & 0xff;
            if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
                shown.append((char) c);
            } else {
                shown.append('\\').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        return shown.append('"').toString();
    }
}
