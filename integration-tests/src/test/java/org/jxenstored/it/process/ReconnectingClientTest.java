package org.jxenstored.it.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.Notification;
import org.jxenstored.client.OutcomeUnknownException;
import org.jxenstored.client.Reconnection;
import org.jxenstored.client.Transaction;
import org.jxenstored.client.TransactionLostException;
import org.jxenstored.client.Watch;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;

/** Clients of a daemon that is killed with SIGKILL and started again. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReconnectingClientTest {
    /** No test waits this long; a slow machine may. */
    private static final Reconnection PATIENT = Reconnection.standard().withPatience(DaemonProcess.PATIENCE);

    @TempDir
    Path directory;

    private DaemonProcess daemon() throws Exception {
        return Launch.in(directory).daemon();
    }

    private static void kill(DaemonProcess daemon) throws Exception {
        daemon.signal("KILL");
        daemon.awaitEnd();
    }

    @Test
    @DisplayName("C-LIB-25: after kill -9 and a new start a client's watches are in force, fire once, and tell the gap")
    void watchesOutliveTheDaemon() throws Exception {
        try (DaemonProcess first = daemon();
                XenstoreClient client = first.client(PATIENT);
                WatchQueue queue = client.watchQueue()) {
            Watch below = queue.watch("/a");
            Watch children = queue.watch("/b", 1);
            assertThat(queue.take()).isEqualTo(new Notification.Event(below, "/a"));
            assertThat(queue.take()).isEqualTo(new Notification.Event(children, "/b"));
            Transaction transaction = client.transaction();

            kill(first);
            var meanwhile = client.async().write("/c", "written while nobody was there");
            try (DaemonProcess second = daemon()) {
                assertThat(queue.take())
                        .isInstanceOfSatisfying(
                                Notification.Reconnected.class,
                                reconnected -> assertThat(reconnected.gap().backAt())
                                        .isAfter(reconnected.gap().lostAt()));
                assertThat(queue.take()).isEqualTo(new Notification.Event(below, "/a"));
                assertThat(queue.take()).isEqualTo(new Notification.Event(children, "/b"));
                meanwhile.get();
                try (XenstoreClient other = second.client()) {
                    assertThat(other.readText("/c")).startsWith("written");
                    other.write("/a/x", "1");
                    other.write("/b/1/2", "too deep");
                }
                assertThat(queue.take()).isEqualTo(new Notification.Event(below, "/a/x"));
                assertThat(lossOf(transaction)).isInstanceOf(TransactionLostException.class);
            }
        }
    }

    private static Throwable lossOf(Transaction transaction) {
        try {
            transaction.write("/lost", "1");
            return new AssertionError("the transaction is still there");
        } catch (TransactionLostException lost) {
            return lost;
        }
    }

    @Test
    void aClientOverTcpReconnectsToo() throws Exception {
        DaemonProcess first =
                Launch.in(directory).with("--listen", "tcp:127.0.0.1:0").daemon();
        int port = first.tcpPort();
        try (first;
                XenstoreClient client = XenstoreClient.connect(new Endpoint.Tcp("127.0.0.1", port), PATIENT)) {
            client.write("/a", "1");
            kill(first);
            var read = client.async().exists("/");
            try (DaemonProcess second = Launch.in(directory)
                    .with("--listen", "tcp:127.0.0.1:" + port)
                    .daemon()) {
                assertThat(read.get()).isTrue();
                client.write("/b", "2");
                assertThat(second.isAlive()).isTrue();
            }
        }
    }

    @Test
    void aWriteThatWasWithTheKilledDaemonIsUnknownAndNeverSentToTheNext() throws Exception {
        Path trace = directory.resolve("trace");
        try (DaemonProcess first = daemon();
                XenstoreClient client = first.client(PATIENT)) {
            client.write("/a", "1");
            first.signal("STOP");
            List<CompletableFuture<Void>> writes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                writes.add(client.async().write("/with-the-first/" + i, "1"));
            }
            kill(first);
            for (CompletableFuture<Void> write : writes) {
                assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(write::get)
                        .withCauseInstanceOf(OutcomeUnknownException.class);
            }
            try (DaemonProcess _ =
                    Launch.in(directory).with("-T", trace.toString()).daemon()) {
                client.write("/after", "1");
                await().atMost(DaemonProcess.PATIENCE)
                        .until(() -> Files.readString(trace, ISO_8859_1).contains("WRITE (/after "));
                assertThat(Files.readString(trace, ISO_8859_1)).doesNotContain("/with-the-first/");
            }
        }
    }

    @Test
    void aClientGivesUpWhenTheDaemonStaysAway() throws Exception {
        Reconnection impatient = Reconnection.standard()
                .withPauses(Duration.ofMillis(5), Duration.ofMillis(50))
                .withPatience(Duration.ofMillis(200));
        try (DaemonProcess first = daemon();
                XenstoreClient client = first.client(impatient);
                WatchQueue queue = client.watch("/a")) {
            assertThat(queue.take()).isInstanceOf(Notification.Event.class);
            kill(first);
            assertThat(queue.take())
                    .isInstanceOfSatisfying(
                            Notification.ConnectionBroken.class,
                            broken -> assertThat(broken.reason())
                                    .hasMessageContaining("did not come back within PT0.2S"));
            assertThat(client.isOpen()).isFalse();
        }
    }
}
