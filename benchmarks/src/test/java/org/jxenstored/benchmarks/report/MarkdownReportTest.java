package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.benchmarks.daemon.Kind;

class MarkdownReportTest {
    private static final RowId WRITE =
            new RowId("One connection", "write of 1 byte", Figure.MICROSECONDS, Goal.ratio(1.5));
    private static final RowId DEEP =
            new RowId("One connection", "write of 1 byte, 16 deep", Figure.OPERATIONS_PER_SECOND, Goal.ratio(4));
    private static final RowId LIST = new RowId("Many children", "list | 10,000", Figure.MILLISECONDS, Goal.NONE);
    private static final RowId START =
            new RowId("Start", "start to first answer", Figure.MILLISECONDS, Goal.atMost(300, "at most 300 ms"));
    private static final RowId ECHO = new RowId("Echo", "one byte there and back", Figure.MICROSECONDS, Goal.NONE);
    private static final Conditions CONDITIONS =
            new Conditions(List.of()).with("machine", "Fast 3000, 2 CPUs").with("rounds", "3");

    @TempDir
    private Path root;

    @Test
    void aSmallRunMakesThisPage() throws IOException {
        write("benchmarks/target/micro.md", "# Store\n\n| operation | bytes |\n|---|---|\n| write | 7 |\n");
        write("benchmarks/remarks/write-of-1-byte-16-deep.md", "The reason is written here.\n");
        ReportFiles files = new ReportFiles(root);

        new MarkdownReport(files).write(CONDITIONS, run());

        assertThat(Files.readString(files.page())).isEqualTo(resource("performance.md"));
    }

    @Test
    void aMissedGoalWithoutARemarkSaysThatNoneIsWritten() throws IOException {
        assertThat(new MarkdownReport(new ReportFiles(root)).text(CONDITIONS, run()))
                .contains("No explanation is written yet (`benchmarks/remarks/write-of-1-byte-16-deep.md`).");
    }

    @Test
    void withoutAMissedGoalThereIsNothingToExplain() throws IOException {
        Results results = new Rounds().add(WRITE, Kind.C, 30).add(WRITE, Kind.JAVA, 10).results;
        assertThat(new MarkdownReport(new ReportFiles(root)).text(CONDITIONS, results))
                .contains("3.00x C (3.00x..3.00x)")
                .doesNotContain("What is not reached");
    }

    @Test
    void thePageCanBeMadeAgainFromTheFileOfResults() throws IOException {
        ReportFiles files = new ReportFiles(root);
        new MarkdownReport(files).write(CONDITIONS, run());
        String first = Files.readString(files.page());
        Files.delete(files.page());

        ResultsFile.write(files.results(), new Run(CONDITIONS, run()));
        Rewrite.main(new String[] {root.toString()});

        assertThat(Files.readString(files.page())).isEqualTo(first);
    }

    static Results run() {
        return new Rounds()
                .addLatencies(WRITE, Kind.C, 0, 48, 100)
                .addLatencies(WRITE, Kind.C, 1, 52, 100)
                .addLatencies(WRITE, Kind.C, 2, 50, 100)
                .add(WRITE, Kind.OCAML, 60, 62, 58)
                .addLatencies(WRITE, Kind.JAVA, 0, 24, 400)
                .addLatencies(WRITE, Kind.JAVA, 1, 26, 400)
                .addLatencies(WRITE, Kind.JAVA, 2, 25, 400)
                .add(WRITE, Kind.ECHO, 20, 20, 20)
                .add(DEEP, Kind.C, 81234, 80000, 82000)
                .add(DEEP, Kind.OCAML, 70100, 70000, 71000)
                .add(DEEP, Kind.JAVA, 250000, 260000, 255000)
                .add(LIST, Kind.C, 120)
                .without(LIST, Kind.C, 1, "stopped after 30 s")
                .without(LIST, Kind.OCAML, 0, "answers E2BIG")
                .without(LIST, Kind.OCAML, 1, "answers E2BIG")
                .add(LIST, Kind.JAVA, 10, 20)
                .add(START, Kind.JAVA, 250, 240, 260)
                .add(ECHO, Kind.ECHO, 9, 9.5, 9.25)
                .results;
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private static String resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(MarkdownReportTest.class.getResourceAsStream(name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
