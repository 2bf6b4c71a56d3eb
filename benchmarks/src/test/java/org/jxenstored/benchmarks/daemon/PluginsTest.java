package org.jxenstored.benchmarks.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher makes of XENSTORED_PLUGINS. */
final class PluginsTest {
    @TempDir
    Path directory = Path.of("");

    private Path first = Path.of("");
    private Path second = Path.of("");

    @BeforeEach
    void makeTheJars() throws IOException {
        first = Files.createFile(directory.resolve("first one.jar"));
        second = Files.createFile(directory.resolve("second.jar"));
    }

    private static Finished classPathWith(String plugins) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder(
                "sh",
                "-euc",
                "here=$1; . \"$here/.launcher\"; DAEMON_CLASSPATH=own; add_plugins; echo \"$DAEMON_CLASSPATH\"",
                "xenstored",
                Checkout.find().launcher().resolveSibling("").toString());
        shell.environment().put("XENSTORED_PLUGINS", plugins);
        return Finished.run(shell);
    }

    @Test
    void theyComeBehindTheDaemonsOwnJarsInTheirOrder() throws Exception {
        assertThat(classPathWith(second + ":" + first))
                .isEqualTo(new Finished(0, "own:" + second + ":" + first + "\n"));
    }

    @Test
    void noneAndEmptyOnesAddNothing() throws Exception {
        assertThat(classPathWith("")).isEqualTo(new Finished(0, "own\n"));
        assertThat(classPathWith(":" + first + "::")).isEqualTo(new Finished(0, "own:" + first + "\n"));
    }

    @Test
    void aJarThatIsNotThereIsAnError() throws Exception {
        assertThat(classPathWith(first + ":/nowhere.jar"))
                .isEqualTo(new Finished(1, "xenstored: XENSTORED_PLUGINS names /nowhere.jar, which is not there\n"));
    }
}
