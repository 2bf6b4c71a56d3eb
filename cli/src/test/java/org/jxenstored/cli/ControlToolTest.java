package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;

class ControlToolTest {

    @Test
    @DisplayName("C-CTL-1: no command is bad usage, with or without a server")
    void noCommandIsBadUsage() {
        ToolRun run = ToolRun.withoutServer("xenstore-control");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("Usage: xenstore-control COMMAND");
    }

    @Test
    @DisplayName("C-CTL-2, C-T-9: the reply is printed with a newline, whatever it ends with")
    void theReplyIsPrintedWithANewline() {
        ScriptedControl server = new ScriptedControl("OK", "two\nlines\n");
        assertThat(control(server, "print", "a b", "")).isEqualTo(new ToolRun(0, "OK\n", ""));
        assertThat(control(server, "-h")).isEqualTo(new ToolRun(0, "two\nlines\n\n", ""));
        assertThat(server.commands).containsExactly("print a b ", "-h");
    }

    @Test
    @DisplayName("C-CTL-2: an empty reply prints nothing")
    void anEmptyReplyPrintsNothing() {
        assertThat(control(new ScriptedControl(""), "check")).isEqualTo(new ToolRun(0, "", ""));
    }

    @Test
    @DisplayName("C-CTL-3, C-T-9: after EINVAL the server's help is shown on stderr")
    void afterEinvalTheServersHelpIsShown() {
        ScriptedControl server = new ScriptedControl(Errno.EINVAL, "check\nprint <string>");
        ToolRun run = control(server, "nonsense");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("'nonsense'").endsWith("check\nprint <string>\n");
        assertThat(server.commands).containsExactly("nonsense", "help");
        assertThat(control(new ScriptedControl(Errno.EINVAL, Errno.EACCES), "x").exitCode())
                .isEqualTo(3);
    }

    @Test
    @DisplayName("C-CTL-4, C-T-9: another error is shown with its number")
    void anotherErrorIsShownWithItsNumber() {
        ScriptedControl server = new ScriptedControl(Errno.ENOENT);
        ToolRun run = control(server, "quota", "5");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("error 2 ");
        assertThat(server.commands).containsExactly("quota 5");
    }

    @Test
    @DisplayName("C-CTL-4: the simulated hypervisor is asked why it refused; the exit code stays")
    void theSimulatorSaysWhy() {
        ScriptedControl server = new ScriptedControl(Errno.EEXIST, "sim create web: it exists (EEXIST)");
        ToolRun run = control(server, "sim", "create", "web");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).endsWith("sim create web: it exists (EEXIST)\n").doesNotContain("17");
        assertThat(server.commands).containsExactly("sim create web", "sim error create web");
        ToolRun silent = control(new ScriptedControl(Errno.EEXIST, Errno.EIO), "sim", "create", "web");
        assertThat(silent.exitCode()).isEqualTo(3);
        assertThat(silent.err()).contains("error 17 ");
    }

    @Test
    @DisplayName("C-CTL-5: no server is exit code 1, before the command is looked at")
    void noServerIsExitCode1() {
        assertThat(ToolRun.withoutServer("xenstore-control", "check").exitCode())
                .isEqualTo(1);
        assertThat(ToolRun.withoutServer("xenstore-control", "live-update").exitCode())
                .isEqualTo(1);
    }

    private static ToolRun control(Store server, String... words) {
        return ToolRun.on(server, "xenstore-control", words);
    }
}
