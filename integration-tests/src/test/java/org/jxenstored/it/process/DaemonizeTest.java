package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.XenstoreClient;

/** Going to the background. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DaemonizeTest {
    /** Field of {@code /proc/PID/stat}, counted from the one behind the program's name. */
    private static final int SESSION_FIELD = 3;

    @TempDir
    Path directory;

    @BeforeEach
    void needsProc() {
        assumeTrue(Files.exists(Path.of("/proc/self/cmdline")), "--daemonize works on Linux only");
    }

    @Test
    @DisplayName("S-RUN-7: --daemonize returns 0 when clients can connect; what stays has let go of everything")
    void theCommandReturnsWhenClientsCanConnect() throws Exception {
        DaemonProcess.Ended command =
                Launch.in(directory).with("--daemonize", "-F", "pid").toItsEnd();

        ProcessHandle daemon = daemon();
        try {
            assertThat(command.exitCode()).as(command.messages()).isZero();
            assertThat(daemon.isAlive()).isTrue();
            try (XenstoreClient client =
                    XenstoreClient.connect(new Endpoint.UnixSocket(directory.resolve("run/socket")))) {
                client.write("/a", "1");
                assertThat(client.readText("/a")).isEqualTo("1");
            }
            Path proc = Path.of("/proc", Long.toString(daemon.pid()));
            assertThat(Files.readSymbolicLink(proc.resolve("cwd"))).isEqualTo(Path.of("/"));
            for (String stream : List.of("0", "1", "2")) {
                assertThat(Files.readSymbolicLink(proc.resolve("fd").resolve(stream)))
                        .as("standard stream %s", stream)
                        .isEqualTo(Path.of("/dev/null"));
            }
            assertThat(session(proc)).as("its session is its own").isEqualTo(daemon.pid());
            assertThat(daemon.destroy()).isTrue();
            daemon.onExit().get(DaemonProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(directory.resolve("run/socket")).doesNotExist();
            assertThat(directory.resolve("pid")).doesNotExist();
        } finally {
            daemon.destroyForcibly();
        }
    }

    @Test
    @DisplayName("S-RUN-11: when the command returns, a launch script finds the pid of the process that stays")
    void aLaunchScriptFindsTheProcessThatStays() throws Exception {
        DaemonProcess.Ended script = Launch.in(directory)
                .environment("XENSTORED_ARGS", "--daemonize")
                .by("""
                        rm -f pid
                        "$@" --pid-file pid $XENSTORED_ARGS || exit
                        echo 10 >/proc/$(cat pid)/oom_score_adj
                        """)
                .toItsEnd();

        ProcessHandle daemon = daemon();
        try {
            assertThat(script.exitCode()).as(script.messages()).isZero();
            assertThat(Path.of("/proc", Long.toString(daemon.pid()), "oom_score_adj"))
                    .hasContent("10");
        } finally {
            daemon.destroyForcibly();
            daemon.onExit().join();
        }
    }

    /** The one that stays, from its pid file. */
    private ProcessHandle daemon() throws IOException {
        long pid = Long.parseLong(Files.readString(directory.resolve("pid")).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static long session(Path proc) throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String behindName = stat.substring(stat.lastIndexOf(')') + 2);
        return Long.parseLong(behindName.split(" ", -1)[SESSION_FIELD]);
    }

    @Test
    @DisplayName("S-RUN-7: a start that fails in the background fails the command, with its message")
    void aFailedStartFailsTheCommand() throws Exception {
        try (DaemonProcess first = Launch.in(directory).daemon()) {
            DaemonProcess.Ended command =
                    Launch.in(directory).with("--daemonize", "-F", "pid").toItsEnd();

            assertThat(command.exitCode()).isEqualTo(1);
            assertThat(command.messages()).contains("another xenstored").contains(Long.toString(first.pid()));
            assertThat(directory.resolve("pid")).doesNotExist();
        }
    }
}
