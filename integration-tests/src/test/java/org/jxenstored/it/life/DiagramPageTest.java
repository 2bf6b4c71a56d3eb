package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

final class DiagramPageTest {
    private static final DiagramPage PAGE = new DiagramPage("""
            before
            <!-- diagram: one -->

            ```mermaid
            sequenceDiagram
                a->>b: old $1
            ```

            between
            <!-- diagram: two -->

            after
            """);

    @Test
    void everyPlaceHasANameAndPerhapsADiagram() {
        assertThat(PAGE.diagrams())
                .containsExactly(entry("one", "sequenceDiagram\n    a->>b: old $1\n"), entry("two", ""));
    }

    @Test
    void placesAreFilledAndTheTextAroundStays() {
        assertThat(PAGE.with(name -> "new " + name + " $1\n").text()).isEqualTo("""
                before
                <!-- diagram: one -->

                ```mermaid
                new one $1
                ```

                between
                <!-- diagram: two -->

                ```mermaid
                new two $1
                ```

                after
                """);
    }

    @Test
    void fillingAgainWithTheSameChangesNothing() {
        DiagramPage filled = PAGE.with(name -> name + "\n");
        assertThat(filled.with(name -> name + "\n")).isEqualTo(filled);
    }
}
