package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowIdTest {
    @Test
    void aSlugHasLowerCaseLettersDigitsAndHyphensOnly() {
        assertThat(slug("Write of 1 byte, 16 deep")).isEqualTo("write-of-1-byte-16-deep");
        assertThat(slug("read (through a ring)")).isEqualTo("read-through-a-ring");
        assertThat(slug("1,000,000 nodes: p99.9 of a write")).isEqualTo("1-000-000-nodes-p99-9-of-a-write");
    }

    private static String slug(String name) {
        return new RowId("", name, Figure.MICROSECONDS, Goal.NONE).slug();
    }
}
