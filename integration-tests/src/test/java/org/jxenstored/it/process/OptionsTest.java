package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxenstored.client.XenstoreClient;

/** Options as a process sees them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OptionsTest {
    @TempDir
    Path directory;

    @ParameterizedTest(name = "{0}")
    @DisplayName("S-OPT-1: bad numbers, unknown quotas and operands end the start with 1 and one line that says why")
    @CsvSource(
            delimiter = '|',
            value = {
                "--entry-nb many|\"many\" is not a whole number",
                "--quota apples=3|--quota apples=3",
                "--timeout watch-event=soon|\"soon\" is not a whole number",
                "operand|operand",
                "--hypervisor nonsense|there is no such backend",
                "--listen tcp:0.0.0.0:0|tls-cert="
            })
    void aBadOptionEndsTheStart(String options, String why) throws Exception {
        DaemonProcess.Ended ended =
                Launch.in(directory).with(options.split(" ", -1)).toItsEnd();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.messages()).startsWith("xenstored: ").contains(why).hasLineCount(1);
        assertThat(directory.resolve("run/socket")).doesNotExist();
    }

    @Test
    @DisplayName("S-OPT-1: an unknown option is named and ignored; quotas of the command line are in force")
    void quotasOfTheCommandLineAreInForce() throws Exception {
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("--no-such-option", "--quota", "nodes=77", "-W", "5", "--perm-nb=9", "-M", "9999")
                        .daemon();
                XenstoreClient client = daemon.client()) {
            assertThat(daemon.messages()).contains("--no-such-option");
            assertThat(client.quota("nodes")).isEqualTo(77);
            assertThat(client.quota("watches")).isEqualTo(5);
            assertThat(client.quota("node-permissions")).isEqualTo(9);
            assertThat(client.quota("path-max")).as("capped").isEqualTo(2048);
            assertThat(client.quota("transactions")).as("as by default").isEqualTo(10);
        }
    }

    @Test
    @DisplayName(
            "S-RUN-2: without Xen below, --hypervisor xen ends with an exit code of its own, in the background too")
    void withoutXenTheExitCodeSaysSo() throws Exception {
        assumeFalse(Files.exists(Path.of("/proc/xen/capabilities")), "this machine runs on Xen");

        for (String where : List.of("--no-fork", "--daemonize")) {
            DaemonProcess.Ended ended = Launch.in(directory)
                    .with("--hypervisor", "xen", "-F", "pid", where)
                    .toItsEnd();

            assertThat(ended.exitCode()).as(where).isEqualTo(7);
            assertThat(ended.messages())
                    .as(where)
                    .startsWith("xenstored: --hypervisor xen: ")
                    .hasLineCount(1);
            assertThat(directory.resolve("pid")).as(where).doesNotExist();
        }
    }
}
