package org.jxenstored.it.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.client.Notification;
import org.jxenstored.client.Reconnection;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;

/** What signals do. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SignalTest {
    /** Whoever is started in the background of a script ignores SIGINT, and so would its children. */
    private static final String HEARS_SIGINT = "exec env --default-signal=INT \"$@\"";

    @TempDir
    Path directory;

    @ParameterizedTest(name = "SIG{0}")
    @DisplayName("S-RUN-8: SIGTERM and SIGINT end it with 0, clients hear of it, socket and pid file are gone")
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalEndsItCleanly(String signal) throws Exception {
        try (DaemonProcess daemon =
                        Launch.in(directory).by(HEARS_SIGINT).with("-F", "pid").daemon();
                XenstoreClient client = daemon.client(Reconnection.never());
                WatchQueue watch = client.watch("/a")) {
            assertThat(watch.take()).isInstanceOf(Notification.Event.class);

            daemon.signal(signal);

            assertThat(daemon.awaitEnd().exitCode()).isZero();
            assertThat(watch.take()).isInstanceOf(Notification.ConnectionBroken.class);
            assertThat(daemon.socket()).doesNotExist();
            assertThat(directory.resolve("pid")).doesNotExist();
        }
    }

    @Test
    @DisplayName("S-RUN-8: a socket that another daemon has put in place stays at the end")
    void aSocketOfSomebodyElseStays() throws Exception {
        try (DaemonProcess first = Launch.in(directory).daemon()) {
            Files.delete(first.socket());
            try (DaemonProcess second =
                    Launch.in(directory).with("--state", "elsewhere").daemon()) {
                first.signal("TERM");

                assertThat(first.awaitEnd().exitCode()).isZero();
                try (XenstoreClient client = second.client()) {
                    assertThat(client.exists("/")).isTrue();
                }
            }
        }
    }

    @Test
    @DisplayName("S-LOG-1, S-RUN-8: after SIGHUP a trace file that was moved away stays as it is and a new one begins")
    void hangUpBeginsANewTraceFile() throws Exception {
        Path trace = directory.resolve("trace");
        Path moved = directory.resolve("trace.1");
        try (DaemonProcess daemon =
                        Launch.in(directory).with("-T", trace.toString()).daemon();
                XenstoreClient client = daemon.client()) {
            client.write("/before", "");
            await().until(() -> Files.readString(trace, ISO_8859_1).contains("OUT 0x"));
            Files.move(trace, moved);

            daemon.signal("HUP");

            await().atMost(DaemonProcess.PATIENCE).until(() -> Files.exists(trace) && Files.size(trace) > 0);
            client.write("/after", "");
            await().until(() -> Files.readString(trace, ISO_8859_1).contains("WRITE (/after )"));
            assertThat(Files.readString(trace, ISO_8859_1)).startsWith("***\n").doesNotContain("/before");
            assertThat(Files.readString(moved, ISO_8859_1))
                    .startsWith("***\n")
                    .contains("WRITE (/before )")
                    .doesNotContain("/after");
        }
    }

    @Test
    @DisplayName("S-RUN-8: SIGHUP without a trace file and SIGPIPE change nothing")
    void otherSignalsChangeNothing() throws Exception {
        try (DaemonProcess daemon = Launch.in(directory).daemon();
                XenstoreClient client = daemon.client()) {
            daemon.signal("HUP");
            daemon.signal("PIPE");

            client.write("/a", "1");
            assertThat(client.readText("/a")).isEqualTo("1");
            assertThat(daemon.isAlive()).isTrue();
        }
    }
}
