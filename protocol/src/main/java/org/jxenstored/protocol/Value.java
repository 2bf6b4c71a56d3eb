package org.jxenstored.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** An immutable row of bytes: a node's value or a message's payload. Any byte may stand anywhere. */
public final class Value {
    /** No bytes at all. */
    public static final Value EMPTY = new Value(new byte[0]);

    private final byte[] bytes;

    private Value(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these bytes. */
    public static Value copyOf(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Value(bytes.clone());
    }

    /** A copy of {@code length} bytes from {@code offset} on. */
    public static Value copyOf(byte[] bytes, int offset, int length) {
        return length == 0 ? EMPTY : new Value(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** These very bytes, without a copy: the caller gives the array away and never writes to it again. */
    public static Value owning(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Value(bytes);
    }

    /** One byte for each character, which must be below 256. */
    public static Value of(String text) {
        return owning(text.getBytes(ISO_8859_1));
    }

    /** Number of bytes. */
    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /** Index of the first NUL at or after {@code from}, or -1. */
    public int indexOfNul(int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The bytes from {@code from} (included) to {@code to} (excluded). */
    public Value slice(int from, int to) {
        return from == 0 && to == bytes.length ? this : copyOf(bytes, from, to - from);
    }

    /** The bytes as text, one character for each byte. */
    public String text() {
        return new String(bytes, ISO_8859_1);
    }

    /** The bytes from {@code from} (included) to {@code to} (excluded) as text. */
    public String text(int from, int to) {
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Puts all bytes at the buffer's position. */
    public void copyTo(ByteBuffer to) {
        to.put(bytes);
    }

    /** Puts {@code length} bytes from {@code offset} on at the buffer's position. */
    public void copyTo(ByteBuffer to, int offset, int length) {
        to.put(bytes, offset, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text between quotes, with bytes that do not print as {@code \xx}. */
    @Override
    public String toString() {
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
