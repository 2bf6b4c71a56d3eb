package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.XenstoreClient;

/** A daemon whose simulated machine ends with it: the next one has the store of the last, and a new machine. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RestartOfTheSimulatorTest {
    @TempDir
    Path directory;

    @Test
    void theNewMachineHasGuestsLikeTheOldOne() throws Exception {
        for (int time = 0; time < 3; time++) {
            try (DaemonProcess daemon = Launch.in(directory).daemon();
                    XenstoreClient client = daemon.client()) {
                String name = "web" + time;
                assertThat(client.control("sim", "create", name, "--vif")).isEqualTo(name + " is domain 1");
                await().atMost(DaemonProcess.PATIENCE)
                        .until(() -> client.readText("/local/domain/1/device/vif/0/state")
                                .equals("4"));
                assertThat(client.readText("/local/domain/1/name")).isEqualTo(name);
                assertThat(client.directory("/libxl")).containsExactly("1");
                assertThat(client.directory("/vm")).hasSize(1);
                assertThat(daemon.messages()).doesNotContain("warning", "error");
                daemon.signal("TERM");
                assertThat(daemon.awaitEnd().exitCode()).isZero();
            }
        }
    }
}
