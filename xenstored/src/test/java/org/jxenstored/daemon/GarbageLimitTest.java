package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GarbageLimitTest {
    private static final long MIB = 1 << 20;

    private final PretendedHeap heap = new PretendedHeap();
    private final GarbageLimit limit = new GarbageLimit(heap);

    private static final class PretendedHeap implements GarbageLimit.Heap {
        private long live;
        private long garbage;
        private int cleanings;

        @Override
        public long used() {
            return live + garbage;
        }

        @Override
        public void clean() {
            garbage = 0;
            cleanings++;
        }
    }

    private int cleaningsWith(long live, long garbage) {
        heap.live = live;
        heap.garbage = garbage;
        limit.look();
        return heap.cleanings;
    }

    @Test
    void aSmallStoreIsLeftAloneUntilTheAllowanceIsUsedUp() {
        assertThat(cleaningsWith(10 * MIB, GarbageLimit.ALLOWANCE - 10 * MIB)).isZero();
        assertThat(cleaningsWith(10 * MIB, GarbageLimit.ALLOWANCE)).isEqualTo(1);
        assertThat(heap.garbage).isZero();
    }

    @Test
    void aLargeStoreMayLeaveMoreGarbage() {
        assertThat(cleaningsWith(500 * MIB, 0)).isEqualTo(1);
        assertThat(cleaningsWith(500 * MIB, 500 * MIB + GarbageLimit.ALLOWANCE)).isEqualTo(1);
        assertThat(cleaningsWith(500 * MIB, 501 * MIB + GarbageLimit.ALLOWANCE)).isEqualTo(2);
    }

    @Test
    void garbageIsSmallAgainWhenTheJvmCleanedByItself() {
        assertThat(cleaningsWith(500 * MIB, 0)).isEqualTo(1);
        assertThat(cleaningsWith(20 * MIB, 0)).isEqualTo(1);
        assertThat(cleaningsWith(20 * MIB, 21 * MIB + GarbageLimit.ALLOWANCE)).isEqualTo(2);
    }
}
