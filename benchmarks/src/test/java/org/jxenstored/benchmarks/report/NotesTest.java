package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NotesTest {
    @Test
    void aNoteIsSaidOnce() {
        assertThat(Notes.merged(List.of("cannot list more than 4096 bytes", "", "cannot list more than 4096 bytes")))
                .containsExactly("cannot list more than 4096 bytes");
    }

    @Test
    void notesThatDifferInNumbersBecomeARange() {
        assertThat(Notes.merged(List.of(
                        "9,900 EAGAIN of 300 guests", "17 EAGAIN of 300 guests", "10,100 EAGAIN of 300 guests")))
                .containsExactly("17 to 10,100 EAGAIN of 300 guests");
    }

    @Test
    void differentNotesAreAllKept() {
        assertThat(Notes.merged(List.of("3 EAGAIN", "stopped after 30 s", "5 EAGAIN")))
                .containsExactly("3 to 5 EAGAIN", "stopped after 30 s");
    }
}
