package org.jxenstored.benchmarks.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GcLogTest {
    @Test
    void collectionsAreSummedUp() {
        GcLog.Summary summary = GcLog.read("""
                [12.001s][info][gc] GC(7) Pause Young (Allocation Failure) 120M->80M(256M) 12.500ms
                [12.501s][info][gc] GC(8) Pause Full (System.gc()) 90M->64M(256M) 101.250ms
                [13.001s][info][gc] GC(9) Pause Young (Allocation Failure) 100M->70M(256M) 6.250ms
                """);
        assertThat(summary).isEqualTo(new GcLog.Summary(2, 1, 101.25, 120, 80L << 20, 64L << 20));
    }

    @Test
    void withoutACollectionThereIsNothing() {
        assertThat(GcLog.read("")).isEqualTo(new GcLog.Summary(0, 0, 0, 0, 0, 0));
    }
}
