package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;

/** What the log never holds, at its most talkative: keys and what is in the store. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SecretsTest {
    @TempDir
    Path directory;

    private static void assertNothingOf(Path key, String messages) throws Exception {
        assertThat(Files.readAllLines(key).stream().filter(line -> !line.contains("-----")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(messages).doesNotContain(line));
    }

    @Test
    void theLogHoldsNoKeyAndNoValue() throws Exception {
        Certificate server = Certificate.make(directory, "server");
        Certificate friend = Certificate.make(directory, "friend");
        Certificate stranger = Certificate.make(directory, "stranger");
        String address = "tcp:127.0.0.1:0,tls-cert=" + server.certificate() + ",tls-key=" + server.key() + ",tls-ca="
                + friend.certificate();
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("--log-level", "debug", "--listen", address)
                        .daemon();
                XenstoreClient client = XenstoreClient.connect(
                        new Endpoint.Tcp("127.0.0.1", daemon.tcpPort(), friend.towards(server)))) {
            client.write("/vm/1/vncpasswd", "correct horse battery staple");
            client.remove("/vm");
            assertThatExceptionOfType(XenstoreException.class).isThrownBy(() -> {
                try (XenstoreClient refused = XenstoreClient.connect(
                        new Endpoint.Tcp("127.0.0.1", daemon.tcpPort(), stranger.towards(server)))) {
                    refused.exists("/");
                }
            });
            daemon.signal("TERM");

            String messages = daemon.awaitEnd().messages();
            assertThat(messages)
                    .as("the stranger is told of, the key's place is")
                    .contains("is refused", "others can read the private key " + server.key())
                    .doesNotContain("correct horse");
            assertNothingOf(server.key(), messages);
        }
    }

    @Test
    void aKeyThatCannotBeUsedIsNamedAndNotShown() throws Exception {
        Certificate server = Certificate.make(directory, "server");
        List<String> lines = new ArrayList<>(Files.readAllLines(server.key()));
        lines.remove(1);
        Path broken = Files.write(directory.resolve("broken.pem"), lines);
        String address = "tcp:127.0.0.1:0,tls-cert=" + server.certificate() + ",tls-key=" + broken + ",tls-ca="
                + server.certificate();

        DaemonProcess.Ended ended = Launch.in(directory)
                .with("--log-level", "debug", "--listen", address)
                .toItsEnd();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.messages()).contains("key in " + broken);
        assertNothingOf(server.key(), ended.messages());
    }
}
