package org.jxenstored.it.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.it.transcript.DaemonWorld;

/** The command line tools, Debian's and ours, against this daemon(). */
final class ToolsIT {
    /** Whose tools. */
    enum Maker {
        DEBIAN,
        OURS;

        Program program(String name) {
            return this == DEBIAN ? Program.debian(name) : Program.ours(name);
        }
    }

    @TempDir
    Path directory = Path.of("");

    private @Nullable DaemonWorld started;
    private Path socket = Path.of("");

    @BeforeEach
    void startTheDaemon() {
        started = new DaemonWorld(EngineConfig.DEFAULT, directory);
        socket = daemon().socketFile();
    }

    @AfterEach
    void stopTheDaemon() {
        daemon().close();
    }

    private DaemonWorld daemon() {
        return Objects.requireNonNull(started);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("read, write, exists, list, ls, chmod, rm and watch print and end as they do with another xenstored")
    void theToolsAgreeWithTheGoldenSession(Maker maker) throws Exception {
        Session session = Session.read("tools.txt");
        assertThat(session.play(socket, maker::program)).isEqualTo(session.golden());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("watch prints each event as it comes and ends after the wanted number")
    void watchPrintsEvents(Maker maker) throws Exception {
        Process watch = maker.program("xenstore-watch").start(socket, List.of("-n", "4", "/w", "@introduceDomain"));
        try (BufferedReader lines = watch.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("/w");
            assertThat(lines.readLine()).isEqualTo("@introduceDomain");
            assertThat(maker.program("xenstore-write").run(socket, "/w/x", "1").exitCode())
                    .isZero();
            assertThat(lines.readLine()).isEqualTo("/w/x");
            assertThat(maker.program("xenstore-rm").run(socket, "/w").exitCode())
                    .isZero();
            assertThat(lines.readLine()).isEqualTo("/w");
            assertThat(watch.waitFor()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P-DIRP-9: list and ls show a directory whose listing does not fit one message")
    void aLargeDirectoryIsListed(Maker maker) throws Exception {
        List<String> pairs = new ArrayList<>();
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            String name = "name-that-is-rather-long-" + i;
            pairs.add("/big/" + name);
            pairs.add("v");
            names.append(name).append('\n');
        }
        Run write = maker.program("xenstore-write").run(socket, pairs.toArray(String[]::new));
        assertThat(write).isEqualTo(new Run(0, "", ""));
        Run list = maker.program("xenstore-list").run(socket, "/big");
        assertThat(list.out()).isEqualTo(names.toString());
        Run ls = maker.program("xenstore-ls").run(socket, "-f", "/big");
        assertThat(ls.out().lines()).hasSize(300).allMatch(line -> line.matches("/big/[a-z-]+[0-9]+ = \"v\""));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("P-CTL-2, P-CTL-9: control runs check and quota, and says when a command is not known")
    void controlReachesTheDaemon(Maker maker) throws Exception {
        Program control = maker.program("xenstore-control");
        assertThat(control.run(socket, "check")).isEqualTo(new Run(0, "OK\n", ""));
        Run quota = control.run(socket, "quota");
        assertThat(quota.exitCode()).isZero();
        assertThat(quota.out()).containsPattern("\nnodes            :     1000 .+\n");
        assertThat(control.run(socket, "quota", "set", "nodes", "50")).isEqualTo(new Run(0, "OK\n", ""));
        assertThat(control.run(socket, "quota").out()).containsPattern("\nnodes            :       50 .+\n");
        Run unknown = control.run(socket, "no-such-command");
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.out()).isEmpty();
        assertThat(unknown.err()).contains("quota");
        assertThat(control.run(socket).exitCode()).isEqualTo(2);
    }

    @Test
    @DisplayName("without a daemon every tool ends with 1 and a message")
    void withoutADaemonToolsFail() throws IOException, InterruptedException {
        Path nobody = directory.resolve("nobody");
        for (Maker maker : Maker.values()) {
            Run read = maker.program("xenstore-read").run(nobody, "/");
            assertThat(read.exitCode()).isEqualTo(1);
            assertThat(read.err()).isNotEmpty();
        }
    }
}
