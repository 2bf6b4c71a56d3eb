package org.jxenstored.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JavaHeapTest {
    @Test
    void theGenerationsAreAddedAndClassesAreNotHeap() throws IOException {
        assertThat(JavaHeap.usedBytes("""
                4711:
                DefNew     total 14784K, used 100K [0x00000000e0000000, 0x00000000e1000000, 0x00000000e1000000)
                 eden space 13184K,   0% used [0x00000000e0000000, 0x00000000e0000000, 0x00000000e0ce0000)
                 from space 1600K,   6% used [0x00000000e0ce0000, 0x00000000e0ce0000, 0x00000000e0e70000)
                Tenured    total 16384K, used 5020K [0x00000000e1000000, 0x00000000e2000000, 0x0000000100000000)
                 the  space 16384K,  30% used [0x00000000e1000000, 0x00000000e14e7168, 0x00000000e2000000)
                Metaspace       used 18009K, committed 18432K, reserved 1114112K
                 class space    used 1877K, committed 2048K, reserved 1048576K
                """)).isEqualTo(5120 * 1024);
    }

    @Test
    void aHeapWithoutGenerationsIsOneFigure() throws IOException {
        assertThat(JavaHeap.usedBytes("""
                4711:
                 garbage-first heap   total reserved 4194304K, committed 264192K, used 3072K [0x1, 0x2)
                  region size 2048K, 1 young (2048K), 0 survivors (0K)
                 Metaspace       used 3000K, committed 3100K, reserved 1114112K
                """)).isEqualTo(3072 * 1024);
    }

    @Test
    void heapsInMebibytesAndFiguresBeforeTheWordAreKnown() throws IOException {
        assertThat(JavaHeap.usedBytes("""
                4711:
                ZHeap           used 26M, capacity 34M, max capacity 6028M
                 Cache           26M (3)
                 Metaspace       used 3000K, committed 3100K, reserved 1114112K
                """)).isEqualTo(26 * 1024 * 1024);
        assertThat(JavaHeap.usedBytes("""
                4711:
                Shenandoah Heap
                 6028M max, 6028M soft max, 34816K committed, 9233K used
                """)).isEqualTo(9233 * 1024);
    }

    @Test
    void anAnswerWithoutAHeapIsAnError() {
        assertThatThrownBy(() -> JavaHeap.usedBytes("4711: no such process"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("4711");
    }

    @Test
    void theHeapOfThisProcessIsFound() throws Exception {
        assertThat(new JavaHeap(ProcessHandle.current().pid()).afterFullCollection())
                .isBetween(1L << 18, 1L << 32);
    }
}
