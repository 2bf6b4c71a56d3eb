package org.jxenstored.benchmarks.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.testing.FiguresFile;

/** The page, and the files it is made of. */
class ReliabilityPageTest {
    private static final Path ROOT = Path.of("..");

    @TempDir
    Path root = Path.of("");

    @Test
    @DisplayName("the page in docs/ is what the figures in docs/reliability/ make; benchmarks/reliability makes it")
    void thePageIsUpToDate() throws IOException {
        assertThat(ReliabilityPage.file(ROOT)).hasContent(ReliabilityPage.of(ROOT));
    }

    @Test
    @DisplayName("a run that passed and one that failed are told apart, and no figure is lost")
    void figuresBecomeTables() throws IOException {
        Path figures = Files.createDirectories(root.resolve("docs/reliability"));
        new FiguresFile("Kills", "benchmarks/kill-storm --times 3", true, "nothing is lost")
                .add("kills", 3)
                .add("writes | answered", 12_345)
                .write(figures.resolve("kill-storm.txt"));
        new FiguresFile("Hours", "benchmarks/soak", false, "it grows").write(figures.resolve("soak.txt"));
        assertThat(ReliabilityPage.of(root))
                .contains("## Kills\n", "    benchmarks/kill-storm --times 3\n", "**passed: nothing is lost**")
                .contains("| kills | 3 |", "| writes \\| answered | 12,345 |")
                .contains("**FAILED: it grows**");
    }

    @Test
    @DisplayName("a file that is no list of figures is refused")
    void anythingElseIsRefused() throws IOException {
        Path figures = Files.createDirectories(root.resolve("docs/reliability"));
        Files.writeString(figures.resolve("soak.txt"), "title: Hours\n");
        assertThatThrownBy(() -> ReliabilityPage.of(root)).hasMessageContaining("outcome");
    }
}
