package org.jxenstored.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/**
 * Messages one after the other as the wire will carry them, in chunks. Each byte has a position; positions count up for
 * ever.
 */
final class WaitingBytes {
    private static final int SHIFT = Integer.numberOfTrailingZeros(Chunks.SIZE);
    private static final int FEW = 4;

    private final Chunks chunks;
    private final ByteBuffer header = ByteBuffer.allocate(Header.SIZE);

    /** Chunk number n, counted from position 0, stands at n modulo the length, which is a power of 2. */
    private @Nullable ByteBuffer[] places = new ByteBuffer[FEW];

    private long start;
    private long end;

    WaitingBytes(Chunks chunks) {
        this.chunks = chunks;
    }

    boolean isEmpty() {
        return start == end;
    }

    long size() {
        return end - start;
    }

    /** Position of the first byte. */
    long start() {
        return start;
    }

    /** Position behind the last byte. */
    long end() {
        return end;
    }

    /** The first bytes of an array. */
    void add(byte[] added, int size) {
        for (long number = chunksUpTo(end); number < chunksUpTo(end + size); number++) {
            begin(number);
        }
        for (int done = 0; done < size; ) {
            ByteBuffer chunk = chunk(end);
            int part = Math.min(size - done, chunk.remaining());
            chunk.put(added, done, part);
            done += part;
            end += part;
        }
    }

    private void begin(long number) {
        if (number - (start >>> SHIFT) == places.length) {
            resize(2 * places.length);
        }
        places[place(number, places)] = chunks.take();
    }

    private void resize(int length) {
        @Nullable ByteBuffer[] before = places;
        places = new ByteBuffer[length];
        for (long at = start >>> SHIFT; at < chunksUpTo(end); at++) {
            places[place(at, places)] = before[place(at, before)];
        }
    }

    /** The number of the first chunk that begins at this position or behind it. */
    private static long chunksUpTo(long position) {
        return (position + Chunks.SIZE - 1) >>> SHIFT;
    }

    private static int place(long number, @Nullable ByteBuffer[] of) {
        return (int) number & (of.length - 1);
    }

    private ByteBuffer chunk(long position) {
        ByteBuffer chunk = places[place(position >>> SHIFT, places)];
        if (chunk == null) {
            throw new IllegalStateException("no bytes at " + position);
        }
        return chunk;
    }

    /** The first message, which is still here then. */
    Message first() {
        copy(start, header.clear());
        Header first = Header.read(header.flip());
        ByteBuffer payload = ByteBuffer.allocate(first.length());
        copy(start + Header.SIZE, payload);
        return new Message(first.type(), first.requestId(), first.transactionId(), Value.owning(payload.array()));
    }

    private void skip(long count) {
        long next = start + count;
        boolean nothingLeft = next == end;
        // An empty row holds no chunk at all: it goes on with the beginning of one.
        long upTo = nothingLeft ? chunksUpTo(end) : next >>> SHIFT;
        release(upTo);
        start = nothingLeft ? upTo << SHIFT : next;
        end = nothingLeft ? start : end;
    }

    /** Gives back all chunks before that number. */
    private void release(long number) {
        for (long at = start >>> SHIFT; at < number; at++) {
            int place = place(at, places);
            ByteBuffer chunk = places[place];
            places[place] = null;
            if (chunk != null) {
                chunks.giveBack(chunk);
            }
        }
    }

    void clear() {
        skip(size());
        places = new ByteBuffer[FEW];
    }

    /** Copies {@code length} bytes, from that offset behind the first byte on, to the buffer's position. */
    void write(ByteBuffer to, int offset, int length) {
        int limit = to.limit();
        copy(start + offset, to.limit(to.position() + length));
        to.limit(limit);
    }

    /** Fills the rest of the buffer. */
    private void copy(long from, ByteBuffer to) {
        long at = from;
        while (to.hasRemaining()) {
            int offset = (int) at & (Chunks.SIZE - 1);
            int part = Math.min(to.remaining(), Chunks.SIZE - offset);
            to.put(to.position(), chunk(at), offset, part);
            to.position(to.position() + part);
            at += part;
        }
    }

    /** Bytes of the first message. */
    int firstSize() {
        return sizeAt(start);
    }

    void dropFirst() {
        skip(firstSize());
    }

    private int sizeAt(long position) {
        copy(position, header.clear());
        return Header.SIZE + Header.read(header.flip()).length();
    }

    /** The hash of the payload of the message that begins there. */
    long hash(long position, PayloadHash by) {
        int length = sizeAt(position) - Header.SIZE;
        long from = position + Header.SIZE;
        int offset = (int) from & (Chunks.SIZE - 1);
        if (offset + length <= Chunks.SIZE) {
            return by.of(chunk(from).array(), offset, length);
        }
        ByteBuffer copy = ByteBuffer.allocate(length);
        copy(from, copy);
        return by.of(copy.array(), 0, length);
    }

    /** True if the message that begins there is this one. */
    boolean isAt(long position, EventDraft event) {
        return sizeAt(position) == event.size() && isSame(position, event.wire(), event.size());
    }

    private boolean isSame(long position, byte[] array, int size) {
        for (int done = 0; done < size; ) {
            int offset = (int) (position + done) & (Chunks.SIZE - 1);
            int part = Math.min(size - done, Chunks.SIZE - offset);
            byte[] here = chunk(position + done).array();
            if (!Arrays.equals(array, done, done + part, here, offset, offset + part)) {
                return false;
            }
            done += part;
        }
        return true;
    }
}
