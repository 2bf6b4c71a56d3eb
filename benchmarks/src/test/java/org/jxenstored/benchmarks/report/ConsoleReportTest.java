package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jxenstored.benchmarks.daemon.Kind;

class ConsoleReportTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ConsoleReport report = new ConsoleReport(new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void aRowIsOneLineThatGrowsWithEachDaemon() {
        RowId row = Rounds.speed(Goal.NONE);
        report.begin(12, 47, 1, row);
        assertThat(text()).isEqualTo("[ 12/47] round 2: write of 1 byte ...");
        report.measured(new Measurement(row, Kind.C, 1, 81234, null, ""));
        report.measured(Measurement.without(row, Kind.OCAML, 1, "stopped after 30 s"));
        report.measured(new Measurement(row, Kind.JAVA, 1, 190000, null, ""));
        report.end();
        assertThat(text())
                .isEqualTo("[ 12/47] round 2: write of 1 byte ... C 81,234/s  OCaml - (stopped after 30 s)"
                        + "  jxenstored 190,000/s" + System.lineSeparator());
    }

    @Test
    void theTablesShowWhatThePageShows() {
        report.tables(new Conditions(List.of()).with("machine", "Fast 3000"), MarkdownReportTest.run());
        assertThat(text().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .contains(
                        "machine Fast 3000",
                        "write of 1 byte us 50.0 60.0 25.0 2.00x C (2.00x..2.00x) 1.5x: reached",
                        "write of 1 byte 50.0 / 99.0 / - - 200 / 396 / 400",
                        "* list | 10,000, OCaml: answers E2BIG",
                        "one byte there and back us - 9.25 - -",
                        "write of 1 byte, 16 deep 4x 3.13x C (3.07x..3.25x) missed: 3.13x of 4x");
    }

    @Test
    void columnsAreAligned() {
        Table table = new Table().left("work").right("C");
        table.row("write", "1");
        table.row("list of 10,000", "1,000");
        assertThat(table.plain()).isEqualTo("""
                work                C
                write               1
                list of 10,000  1,000
                """);
        assertThat(table.markdown()).isEqualTo("""
                | work           |     C |
                | -------------- | ----: |
                | write          |     1 |
                | list of 10,000 | 1,000 |
                """);
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
