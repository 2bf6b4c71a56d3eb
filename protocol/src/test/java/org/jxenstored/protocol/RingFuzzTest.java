package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.testing.Fuzz;

/** A ring page whose other side writes what it likes, beside a ring that moves one byte at a time. */
class RingFuzzTest {
    private static final int REQUEST_CONSUMER = 2048;
    private static final int REQUEST_PRODUCER = 2052;

    private final MemorySegment memory = Arena.ofAuto().allocate(RingPage.SIZE, 8);
    private final RingStream ring = new RingPage(memory).requests();

    private long index(int offset) {
        return Integer.toUnsignedLong(memory.get(ValueLayout.JAVA_INT, offset));
    }

    private byte[] page() {
        return memory.toArray(ValueLayout.JAVA_BYTE);
    }

    private void put(byte[] page) {
        MemorySegment.copy(page, 0, memory, ValueLayout.JAVA_BYTE, 0, page.length);
    }

    /** Bytes between the indexes, counted in numbers that do not overflow; more than 1024 is a contradiction. */
    private long used() {
        return Math.floorMod(index(REQUEST_PRODUCER) - index(REQUEST_CONSUMER), 1L << 32);
    }

    private void setIndexes(Fuzz fuzz) {
        int consumer = fuzz.anyInt();
        memory.set(ValueLayout.JAVA_INT, REQUEST_CONSUMER, consumer);
        memory.set(ValueLayout.JAVA_INT, REQUEST_PRODUCER, fuzz.oneIn(3) ? fuzz.anyInt() : consumer + fuzz.upTo(1100));
    }

    @Test
    @DisplayName("S-RING-1, S-RING-2, S-RING-5: whatever the indexes say, a stream moves what a byte by byte one would")
    void streamsMoveWhatABytewiseRingMoves() {
        Fuzz.seeds(100, fuzz -> {
            for (int i = 0; i < 200; i++) {
                put(fuzz.noise(RingPage.SIZE));
                setIndexes(fuzz);
                if (fuzz.oneIn(2)) {
                    read(fuzz);
                } else {
                    write(fuzz);
                }
            }
        });
    }

    private void read(Fuzz fuzz) {
        byte[] before = page();
        byte[] to = fuzz.bytes(2000);
        int offset = fuzz.upTo(to.length);
        int length = fuzz.upTo(to.length - offset);
        long used = used();
        byte[] expected = to.clone();
        long moved = used > 1024 ? RingStream.BAD_INDEXES : Math.min(used, length);
        long from = index(REQUEST_CONSUMER);
        for (int i = 0; i < moved; i++) {
            expected[offset + i] = before[(int) ((from + i) % 1024)];
        }
        assertThat(ring.available()).isEqualTo(used > 1024 ? RingStream.BAD_INDEXES : (int) used);
        assertThat(ring.read(to, offset, length)).isEqualTo((int) moved);
        assertThat(to).isEqualTo(expected);
        onlyMoved(before, REQUEST_CONSUMER, moved);
    }

    private void write(Fuzz fuzz) {
        byte[] expected = page();
        byte[] from = fuzz.bytes(2000);
        int offset = fuzz.upTo(from.length);
        int length = fuzz.upTo(from.length - offset);
        long used = used();
        long moved = used > 1024 ? RingStream.BAD_INDEXES : Math.min(1024 - used, length);
        long to = index(REQUEST_PRODUCER);
        for (int i = 0; i < moved; i++) {
            expected[(int) ((to + i) % 1024)] = from[offset + i];
        }
        assertThat(ring.room()).isEqualTo(used > 1024 ? RingStream.BAD_INDEXES : (int) (1024 - used));
        assertThat(ring.write(from, offset, length)).isEqualTo((int) moved);
        onlyMoved(expected, REQUEST_PRODUCER, moved);
    }

    /** The page is as expected; only this index went on. */
    private void onlyMoved(byte[] expected, int offset, long moved) {
        MemorySegment page = MemorySegment.ofArray(expected);
        int before = page.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
        page.set(ValueLayout.JAVA_INT_UNALIGNED, offset, before + (int) Math.max(0, moved));
        assertThat(page()).isEqualTo(expected);
    }

    @Test
    @DisplayName("S-RING-2: indexes that another thread changes all the time never lead beyond what was asked for")
    void indexesThatChangeBetweenTwoLooks() throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Thread guest = new Thread(() -> Fuzz.seeds(1, fuzz -> {
            while (!done.get()) {
                setIndexes(fuzz);
            }
        }));
        guest.start();
        try {
            Fuzz.seeds(20, fuzz -> {
                byte[] bytes = new byte[3000];
                for (int i = 0; i < 5000; i++) {
                    int offset = fuzz.upTo(1000);
                    int length = fuzz.upTo(1500);
                    boolean reads = fuzz.oneIn(2);
                    int moved = reads ? ring.read(bytes, offset, length) : ring.write(bytes, offset, length);
                    assertThat(moved).isBetween(RingStream.BAD_INDEXES, Math.min(length, RingStream.CAPACITY));
                }
            });
        } finally {
            done.set(true);
            guest.join();
        }
    }
}
