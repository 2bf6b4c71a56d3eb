package org.jxenstored.protocol;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * One direction of a ring page: 1024 bytes with a producer and a consumer index.
 *
 * <p>The indexes run freely modulo 2^32 and live in memory that the other side may write at any time. Each
 * call reads each index once, checks that copy and works with it alone (S-RING-1, S-RING-2). An index is
 * published after the bytes it covers (S-RING-3).
 */
public final class RingStream {
    /** Bytes one direction can hold. */
    public static final int CAPACITY = 1024;

    /** What {@link #read} and {@link #write} return when the indexes contradict each other. */
    public static final int BAD_INDEXES = -1;

    private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment page;
    private final MemorySegment data;
    private final long consumerOffset;
    private final long producerOffset;

    RingStream(MemorySegment page, long dataOffset, long consumerOffset, long producerOffset) {
        this.page = page;
        this.data = page.asSlice(dataOffset, CAPACITY);
        this.consumerOffset = consumerOffset;
        this.producerOffset = producerOffset;
    }

    /**
     * Consumes bytes.
     *
     * @return how many, 0 if there are none or no room for them, or {@link #BAD_INDEXES}
     */
    public int read(byte[] to, int offset, int length) {
        int consumer = consumer();
        int count = readAt(consumer, to, offset, length);
        if (count > 0) {
            publishConsumer(consumer + count);
        }
        return count;
    }

    /**
     * Reads bytes without consuming them.
     *
     * @param consumer the index of the first
     * @return as {@link #read}
     */
    public int readAt(int consumer, byte[] to, int offset, int length) {
        int used = (int) WORD.getAcquire(page, producerOffset) - consumer;
        if (Integer.compareUnsigned(used, CAPACITY) > 0) {
            return BAD_INDEXES;
        }
        int count = Math.min(used, length);
        int position = consumer & (CAPACITY - 1);
        int first = Math.min(count, CAPACITY - position);
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, position, to, offset, first);
        MemorySegment.copy(data, ValueLayout.JAVA_BYTE, 0, to, offset + first, count - first);
        return count;
    }

    /** The index of the first byte that was not consumed. */
    public int consumer() {
        return (int) WORD.getAcquire(page, consumerOffset);
    }

    /** The index of the first byte that was not produced. */
    public int producer() {
        return (int) WORD.getAcquire(page, producerOffset);
    }

    /** All bytes before this index are consumed. */
    public void publishConsumer(int index) {
        WORD.setRelease(page, consumerOffset, index);
    }

    /** All bytes before this index are produced. */
    public void publishProducer(int index) {
        WORD.setRelease(page, producerOffset, index);
    }

    /**
     * Produces bytes.
     *
     * @return how many fitted, or {@link #BAD_INDEXES}
     */
    public int write(byte[] from, int offset, int length) {
        int producer = producer();
        int count = writeAt(producer, from, offset, length);
        if (count > 0) {
            publishProducer(producer + count);
        }
        return count;
    }

    /**
     * Puts bytes into free room without telling the other side.
     *
     * @param producer the index of the first
     * @return as {@link #write}
     */
    public int writeAt(int producer, byte[] from, int offset, int length) {
        int used = producer - consumer();
        if (Integer.compareUnsigned(used, CAPACITY) > 0) {
            return BAD_INDEXES;
        }
        int count = Math.min(CAPACITY - used, length);
        int position = producer & (CAPACITY - 1);
        int first = Math.min(count, CAPACITY - position);
        MemorySegment.copy(from, offset, data, ValueLayout.JAVA_BYTE, position, first);
        MemorySegment.copy(from, offset + first, data, ValueLayout.JAVA_BYTE, 0, count - first);
        return count;
    }

    /** Bytes that can be read now, or {@link #BAD_INDEXES}. */
    public int available() {
        int used = (int) WORD.getAcquire(page, producerOffset) - (int) WORD.getAcquire(page, consumerOffset);
        return Integer.compareUnsigned(used, CAPACITY) > 0 ? BAD_INDEXES : used;
    }

    /** Bytes that can be written now, or {@link #BAD_INDEXES}. */
    public int room() {
        int used = available();
        return used == BAD_INDEXES ? BAD_INDEXES : CAPACITY - used;
    }

    /**
     * Bytes that can be put with {@link #writeAt}, or {@link #BAD_INDEXES}.
     *
     * @param producer the index of the first
     */
    public int roomAt(int producer) {
        int used = producer - consumer();
        return Integer.compareUnsigned(used, CAPACITY) > 0 ? BAD_INDEXES : CAPACITY - used;
    }

    /** Sets both indexes to 0 (S-RING-7). */
    public void clear() {
        WORD.setRelease(page, consumerOffset, 0);
        WORD.setRelease(page, producerOffset, 0);
    }
}
