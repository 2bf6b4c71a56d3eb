package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.XenstoreClient;

/** A whole data centre in one daemon. What one more domain costs is measured by benchmarks/many-domains. */
class ManyDomainsIT {
    private static final int DOMAINS = 10_000;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String CONNECTED = "4";

    @TempDir
    Path directory;

    @Test
    @DisplayName("10,000 domains with two devices each live at once in one daemon with 2 GiB of heap")
    void tenThousandDomainsLiveAtOnce() throws IOException {
        try (DaemonProcess daemon = Launch.in(directory)
                        .jvm("-Xmx2g")
                        .with("--hypervisor", "sim")
                        .daemon();
                XenstoreClient client = daemon.client()) {
            for (int i = 1; i <= DOMAINS; i++) {
                assertThat(client.control("sim", "create", "guest" + i, "--vif", "--vbd"))
                        .isEqualTo("guest" + i + " is domain " + i);
            }
            for (int domid : List.of(1, DOMAINS / 2, DOMAINS)) {
                for (String device : List.of("vif", "vbd")) {
                    String state = "/local/domain/" + domid + "/device/" + device + "/0/state";
                    await().atMost(PATIENCE).until(() -> client.readText(state).equals(CONNECTED));
                }
            }
            // Domain 0 has a home too.
            assertThat(client.directory("/local/domain")).hasSize(DOMAINS + 1);
            assertThat(client.isIntroduced(DOMAINS)).isTrue();
            assertThat(client.control("sim", "list", "guest" + DOMAINS)).contains("-b----");
            assertThat(client.control("check")).isEqualTo("OK");
            Path entrance = daemon.socket().resolveSibling("sim").resolve("dom1.sock");
            try (XenstoreClient inside = XenstoreClient.connect(new Endpoint.UnixSocket(entrance))) {
                assertThat(inside.readText("name")).isEqualTo("guest1");
            }
        }
    }
}
