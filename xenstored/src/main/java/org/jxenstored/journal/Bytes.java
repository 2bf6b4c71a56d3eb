package org.jxenstored.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.Value;

/** Bytes being put together, little endian; grows as needed. Large values stay where they are until all is copied. */
final class Bytes implements RecordBody {
    /** A value of so many bytes is worth two objects instead of a copy more. */
    private static final int LARGE = 256;

    private static final int FIRST_SIZE = 4096;

    /** What was needed once for something big is not kept for ever. */
    private static final int KEPT_SIZE = 1 << 20;

    /** A value and where in the buffer it belongs. */
    private record Insertion(int at, Value value) {}

    private final List<Insertion> insertions = new ArrayList<>();
    private ByteBuffer buffer = allocate(FIRST_SIZE);
    private int inserted;

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
        if (value.size() < LARGE) {
            value.copyTo(room(value.size()));
        } else {
            inserted = Math.addExact(inserted, value.size());
            insertions.add(new Insertion(buffer.position(), value));
        }
    }

    @Override
    public int size() {
        return Math.addExact(buffer.position(), inserted);
    }

    boolean isEmpty() {
        return buffer.position() == 0;
    }

    @Override
    public void copyTo(ByteBuffer to) {
        ByteBuffer from = buffer.duplicate().flip();
        int end = from.limit();
        for (Insertion insertion : insertions) {
            to.put(from.limit(insertion.at));
            insertion.value.copyTo(to);
        }
        to.put(from.limit(end));
    }

    /** An end that there was. */
    record Mark(int position, int insertions, int inserted) {}

    Mark mark() {
        return new Mark(buffer.position(), insertions.size(), inserted);
    }

    /** Forgets what is behind. */
    void cutTo(Mark mark) {
        buffer.position(mark.position);
        insertions.subList(mark.insertions, insertions.size()).clear();
        inserted = mark.inserted;
    }

    void clear() {
        insertions.clear();
        inserted = 0;
        buffer = buffer.capacity() > KEPT_SIZE ? allocate(FIRST_SIZE) : buffer.clear();
    }
}
