package org.jxenstored.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Chunks of memory for bytes that wait, used again and again.
 *
 * <p>What guests leave unread lives long enough to get old and then dies: as garbage it would be the most expensive there
 * is.
 */
final class Chunks {
    /** Bytes of one; a power of 2. */
    static final int SIZE = 16 << 10;

    /** Kept for later, at most so many: 8 MiB. */
    static final int SPARE_MAX = 512;

    private final Deque<ByteBuffer> spare = new ArrayDeque<>();

    /** An empty one. */
    ByteBuffer take() {
        ByteBuffer chunk = spare.pollLast();
        return chunk != null ? chunk.clear() : ByteBuffer.allocate(SIZE).order(ByteOrder.nativeOrder());
    }

    /** One that is not used any more. */
    void giveBack(ByteBuffer chunk) {
        if (spare.size() < SPARE_MAX) {
            spare.addLast(chunk);
        }
    }

    int spare() {
        return spare.size();
    }
}
