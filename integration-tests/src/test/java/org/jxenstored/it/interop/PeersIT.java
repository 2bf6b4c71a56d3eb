package org.jxenstored.it.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.it.transcript.DaemonWorld;

/** Other programs that bring a xenstore client of their own. */
final class PeersIT {
    @TempDir
    Path directory = Path.of("");

    private @Nullable DaemonWorld started;

    @BeforeEach
    void startTheDaemon() {
        started = new DaemonWorld(EngineConfig.DEFAULT, directory);
    }

    @AfterEach
    void stopTheDaemon() {
        daemon().close();
    }

    private DaemonWorld daemon() {
        return Objects.requireNonNull(started);
    }

    @Test
    @DisplayName("Xen's own store test passes a thousand times")
    void xensStoreTestPasses() throws Exception {
        Run run = Program.xen("test-xenstore").run(daemon().socketFile(), "-i", "1000");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    @Test
    @DisplayName("Xen's random store test runs for 20 seconds without a wrong answer")
    void xensRandomStoreTestPasses() throws Exception {
        Run run = Program.xen("test-xenstore").run(daemon().socketFile(), "-r", "20");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    @Test
    @DisplayName("pyxs reads, writes, watches and transacts")
    void pyxsWorks() throws Exception {
        Program python = Program.installed(Path.of("/usr/bin/python3"), "the packages python3 and python3-pyxs");
        Run module = python.run(daemon().socketFile(), "-c", "import pyxs");
        Program.required(module.exitCode() == 0, "python3 has no module pyxs: install the package python3-pyxs");
        Path script = Path.of("src", "test", "resources", "interop", "pyxs_session.py");
        Run run = python.run(
                daemon().socketFile(), script.toString(), daemon().socketFile().toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines())
                .containsExactly(
                        "read b'hello'",
                        "list [b'one', b'two']",
                        "exists True False",
                        "permissions [b'n0', b'r1']",
                        "missing ENOENT",
                        "event b'/py/watched' b'token'",
                        "event b'/py/watched/child' b'token'",
                        "committed True b'2'",
                        "conflict True",
                        "rolled back b'3'",
                        "domain path b'/local/domain/7'",
                        "introduced True False",
                        "removed False");
        assertThat(run.exitCode()).isZero();
    }
}
