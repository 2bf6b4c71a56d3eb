package org.jxenstored.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresFileTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    @DisplayName("title, command, date, machine and outcome, then the figures in their order, each on one line")
    void aFileHasItsHeadAndItsFigures() throws Exception {
        Path file = directory.resolve("figures.txt");
        new FiguresFile("Kills", "benchmarks/kill-storm", false, "something\nis lost")
                .add("kills", 12_345)
                .add("seed", "1")
                .write(file);
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(7).contains("title: Kills", "command: benchmarks/kill-storm");
        assertThat(lines.get(2)).matches("date: \\d{4}-\\d{2}-\\d{2}");
        assertThat(lines.get(3)).isEqualTo("machine: " + ThisMachine.inOneLine());
        assertThat(lines.subList(4, 7))
                .containsExactly("outcome: FAILED: something is lost", "kills: 12,345", "seed: 1");
    }
}
