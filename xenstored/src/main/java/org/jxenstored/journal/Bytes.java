package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jxenstored.protocol.Value;

/** Bytes being put together, little endian; grows as needed. */
final class Bytes {
    private static final int FIRST_SIZE = 4096;

    /** What was needed once for something big is not kept for ever. */
    private static final int KEPT_SIZE = 1 << 20;

    private ByteBuffer buffer = allocate(FIRST_SIZE);

    private static ByteBuffer allocate(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int size = Math.addExact(buffer.position(), bytes);
            ByteBuffer larger = allocate(Math.max(size, (int) Math.min(Integer.MAX_VALUE - 8, 2L * buffer.capacity())));
            larger.put(buffer.flip());
            buffer = larger;
        }
        return buffer;
    }

    void putByte(int value) {
        room(Byte.BYTES).put((byte) value);
    }

    void putShort(int value) {
        room(Short.BYTES).putShort((short) value);
    }

    void putInt(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void putLong(long value) {
        room(Long.BYTES).putLong(value);
    }

    /** A text of one byte a character, and of up to 65535, behind its length. */
    void putText(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        if (bytes.length > 0xffff) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes");
        }
        putShort(bytes.length);
        room(bytes.length).put(bytes);
    }

    /** Behind its length. */
    void putValue(Value value) {
        putInt(value.size());
        value.copyTo(room(value.size()));
    }

    int size() {
        return buffer.position();
    }

    boolean isEmpty() {
        return buffer.position() == 0;
    }

    /** What was put, from the first byte on; good until the next change. */
    ByteBuffer view() {
        return buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN).flip();
    }

    void clear() {
        buffer = buffer.capacity() > KEPT_SIZE ? allocate(FIRST_SIZE) : buffer.clear();
    }
}
