package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgramTest {
    private final FakeStore store = new FakeStore().with("/a", "1");

    @Test
    @DisplayName("C-PROG-1: the mode comes from the program's name or is its first argument")
    void theModeComesFromTheNameOrTheFirstArgument() {
        assertThat(ToolRun.on(store, "xenstore-read", "/a")).isEqualTo(new ToolRun(0, "1\n", ""));
        assertThat(ToolRun.on(store, "xenstore", "read", "/a")).isEqualTo(new ToolRun(0, "1\n", ""));
        assertThat(ToolRun.on(store, "another-name", "read", "/a")).isEqualTo(new ToolRun(0, "1\n", ""));
    }

    @Test
    @DisplayName("C-PROG-2: without a mode there is a usage message and exit code 1")
    void withoutAModeThereIsAUsageMessage() {
        ToolRun run = ToolRun.on(store, "xenstore");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("xenstore: Usage: xenstore MODE");
    }

    @ParameterizedTest
    @DisplayName("C-PROG-2, C-PROG-3: an unknown mode is exit code 1, and control is one, being a program of its own")
    @ValueSource(strings = {"nope", "-h", "--help", "-s", "control", ""})
    void anUnknownModeIsAnError(String mode) {
        assertThat(ToolRun.on(store, "xenstore", mode, "/a").exitCode()).isEqualTo(1);
        assertThat(ToolRun.on(store, "xenstore", mode, "/a").err()).contains("there is no mode '" + mode + "'");
        assertThat(store.requests).isEmpty();
    }

    @ParameterizedTest(name = "xenstore-{0} {1}")
    @DisplayName("C-PROG-6: an option of other modes is the usage message and exit code 1")
    @CsvSource({
        "read, -f",
        "read, -t",
        "read, -n1",
        "read, -d1",
        "read, --recurse",
        "write, -p",
        "rm, -u",
        "rm, -R",
        "exists, -p",
        "list, -f",
        "list, -R",
        "ls, -t",
        "ls, -R",
        "chmod, -p",
        "chmod, -R",
        "watch, -p",
        "watch, -f"
    })
    void anOptionOfOtherModesIsRefused(String mode, String option) {
        ToolRun run = ToolRun.on(store, "xenstore-" + mode, "/a", "1", option);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("xenstore-" + mode + ": Usage: xenstore-" + mode + " [-h]");
        assertThat(store.requests).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("C-PROG-7: -h is the usage message, on stderr")
    @ValueSource(strings = {"read", "write", "rm", "exists", "list", "ls", "chmod", "watch"})
    void helpIsTheUsageMessage(String mode) {
        ToolRun run = ToolRun.on(store, "xenstore", mode, "-h", "/a");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("xenstore: Usage: xenstore " + mode + " [-h]");
        assertThat(store.requests).isEmpty();
    }

    @ParameterizedTest
    @DisplayName("C-PROG-7: missing operands are the usage message and exit code 1, with or without a server")
    @ValueSource(strings = {"read", "write", "rm", "exists", "list", "chmod", "watch"})
    void missingOperandsAreRefused(String mode) {
        assertThat(ToolRun.on(store, "xenstore-" + mode).exitCode()).isEqualTo(1);
        assertThat(ToolRun.withoutServer("xenstore-" + mode).err()).contains("Usage: xenstore-" + mode);
    }

    @Test
    @DisplayName("C-PROG-5: an unknown option is reported and does not change the exit code")
    void anUnknownOptionIsReportedAndIgnored() {
        ToolRun run = ToolRun.on(store, "xenstore-read", "--zzz", "/a");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("1\n");
        assertThat(run.err()).isEqualTo("xenstore-read: there is no option '--zzz'\n");
    }

    @ParameterizedTest
    @DisplayName("C-PROG-8: -s does nothing")
    @ValueSource(strings = {"read", "exists", "rm"})
    void socketDoesNothing(String mode) {
        assertThat(ToolRun.on(store, "xenstore-" + mode, "-s", "-s", "/a").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @DisplayName("C-T-4: without a server the exit code is 1")
    @ValueSource(strings = {"read", "write", "rm", "exists", "list", "ls", "chmod", "watch"})
    void withoutAServerTheExitCodeIs1(String mode) {
        assertThat(ToolRun.withoutServer("xenstore-" + mode, "/a", "x"))
                .isEqualTo(new ToolRun(1, "", "xenstore-" + mode + ": cannot connect\n"));
    }

    @Test
    @DisplayName("C-TX-7: the connection is closed at the end")
    void theConnectionIsClosedAtTheEnd() {
        assertThat(ToolRun.on(store, "xenstore-read", "/missing").exitCode()).isEqualTo(1);
        assertThat(store.closed).isTrue();
    }
}
