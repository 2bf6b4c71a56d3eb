package org.jxenstored.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A value of more bytes than a {@link ShortValue} holds, in an array. */
final class LongValue extends Value {
    private final byte[] bytes;

    LongValue(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int size() {
        return bytes.length;
    }

    @Override
    public byte at(int index) {
        return bytes[index];
    }

    @Override
    public int indexOfNul(int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    @Override
    Value part(int from, int length) {
        return copyOf(bytes, from, length);
    }

    @Override
    public String text(int from, int to) {
        return new String(bytes, from, to - from, ISO_8859_1);
    }

    @Override
    public byte[] toByteArray() {
        return bytes.clone();
    }

    @Override
    public void copyTo(ByteBuffer to, int offset, int length) {
        to.put(bytes, offset, length);
    }

    @Override
    public boolean isAt(int from, byte[] array, int offset, int length) {
        return Arrays.equals(bytes, from, from + length, array, offset, offset + length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LongValue value && Arrays.equals(bytes, value.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
