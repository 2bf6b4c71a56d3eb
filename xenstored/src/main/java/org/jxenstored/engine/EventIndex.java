package org.jxenstored.engine;

/**
 * Where events stand in a row of bytes, to find out if the same one waits already (S-DUP-1).
 *
 * <p>A hash table without an object for each: guests decide how many there are. One word is one event: that it is one, 23
 * bits of the payload's hash, and the lower 40 bits of its position. Who has the same hash stands in the next free slot;
 * a slot that becomes free is filled up by those behind it that belong before it.
 */
final class EventIndex {
    private static final int SMALLEST = 64;
    private static final long FREE = 0;
    private static final long USED = Long.MIN_VALUE;
    private static final int HASH_BITS = 23;
    private static final int POSITION_BITS = 40;
    private static final long POSITION = (1L << POSITION_BITS) - 1;

    private final WaitingBytes bytes;
    private final PayloadHash hash;

    /** Their number is a power of 2, or 0. */
    private long[] slots = {};

    private int count;

    EventIndex(WaitingBytes bytes, PayloadHash hash) {
        this.bytes = bytes;
        this.hash = hash;
    }

    boolean contains(EventDraft event) {
        if (count == 0) {
            return false;
        }
        long hashed = wordOf(event.hash(hash));
        for (int slot = home(hashed); slots[slot] != FREE; slot = next(slot)) {
            if ((slots[slot] & ~POSITION) == hashed && bytes.isAt(position(slots[slot]), event)) {
                return true;
            }
        }
        return false;
    }

    /** All that wait stand in less than 2^40 bytes, so the upper bits are those of the first or one more. */
    private long position(long slot) {
        long first = bytes.start();
        return first + ((slot - first) & POSITION);
    }

    /** Makes room for one more, so that {@link #add} cannot fail. */
    void makeRoom() {
        if (3 * (count + 1L) > 2L * slots.length) {
            grow();
        }
    }

    /** This event begins there; there is room for it. */
    void add(EventDraft event, long position) {
        put(wordOf(event.hash(hash)) | (position & POSITION));
        count++;
    }

    private void put(long event) {
        int slot = home(event);
        while (slots[slot] != FREE) {
            slot = next(slot);
        }
        slots[slot] = event;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[Math.max(SMALLEST, 2 * before.length)];
        for (long event : before) {
            if (event != FREE) {
                put(event);
            }
        }
    }

    /** The event that begins there waits no longer, but its bytes are still there. */
    void remove(long position) {
        long event = wordOf(bytes.hash(position, hash)) | (position & POSITION);
        int slot = home(event);
        while (slots[slot] != event) {
            if (slots[slot] == FREE) {
                throw new IllegalStateException("no event at " + position);
            }
            slot = next(slot);
        }
        fill(slot);
        count--;
        if (count == 0) {
            clear();
        }
    }

    private void fill(int freed) {
        int hole = freed;
        for (int slot = next(hole); slots[slot] != FREE; slot = next(slot)) {
            int fromHome = (slot - home(slots[slot])) & (slots.length - 1);
            int fromHole = (slot - hole) & (slots.length - 1);
            if (fromHome >= fromHole) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = FREE;
    }

    void clear() {
        slots = new long[0];
        count = 0;
    }

    /** The word of an event at position 0. */
    private static long wordOf(long hash) {
        return USED | hash >>> (Long.SIZE - HASH_BITS) << POSITION_BITS;
    }

    /** The slot for which the upper bits of the hash stand; beyond 2^23 slots each stands for several. */
    private int home(long event) {
        long upper = (event & ~USED) >>> POSITION_BITS;
        int bits = Integer.numberOfTrailingZeros(slots.length);
        return (int) (bits <= HASH_BITS ? upper >>> (HASH_BITS - bits) : upper << (bits - HASH_BITS));
    }

    private int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }
}
