package org.jxenstored.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.benchmarks.daemon.Kind;

class ResultsFileTest {
    private static final Conditions CONDITIONS =
            new Conditions(List.of()).with("kernel", "Linux 6.1: patched").with("pinned", "");

    @TempDir
    private Path directory;

    @Test
    void aRunComesBackAsItWasWithAllLatencies() throws IOException {
        RowId row = new RowId(
                "Guests, many", "\"starts\", #1", Figure.COUNT, Goal.ratio(1.5).withP99NotWorse());
        RowId limit = new RowId("# odd", "limit", Figure.FACTOR, Goal.atMost(1.1, "within 10 %"));
        Results results = new Rounds()
                .addLatencies(row, Kind.JAVA, 0, 1.25, 5000)
                .add(limit, Kind.C, 0.1, 1e9)
                .without(limit, Kind.OCAML, 0, "cannot, said \"no\"")
                .results;
        Path file = directory.resolve("new/results.csv");

        ResultsFile.write(file, new Run(CONDITIONS, results));
        Run read = ResultsFile.read(file);

        assertThat(read.conditions()).isEqualTo(CONDITIONS);
        assertThat(read.results().measurements()).isEqualTo(results.measurements());
    }

    @Test
    void eachRoundIsALineThatPeopleCanRead() throws IOException {
        Results results = new Rounds().add(Rounds.speed(Goal.ratio(4)), Kind.OCAML, 70100).results;
        Path file = directory.resolve("results.csv");
        ResultsFile.write(file, new Run(CONDITIONS, results));
        assertThat(Files.readAllLines(file))
                .startsWith("# kernel: Linux 6.1: patched", "# pinned: ")
                .endsWith("One connection,write of 1 byte,OPERATIONS_PER_SECOND,4x,4.0,Infinity,false,"
                        + "OCAML,0,70100.0,NaN,NaN,NaN,,");
    }

    @Test
    void aFileOfAnotherKindIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(directory.resolve("other.csv"), "# date: today\na,b,c\n");
        assertThatIOException().isThrownBy(() -> ResultsFile.read(file)).withMessageContaining("other.csv, line 2");
    }
}
