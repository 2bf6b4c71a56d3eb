package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.client.Notification;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;

/** Clients that break the protocol, never read, die, or are very many; all on one daemon, which serves others. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class HostileClientTest {
    @TempDir
    static Path directory;

    private static DaemonProcess daemon;

    @BeforeAll
    static void start() throws IOException {
        daemon = Launch.in(directory).with("--listen", "unix:seven,domid=7").daemon();
    }

    @AfterAll
    static void stop() {
        daemon.close();
    }

    @AfterEach
    void theDaemonIsWellAndTheStoreIsConsistent() {
        try (XenstoreClient client = daemon.client()) {
            client.write("/well", "1");
            assertThat(client.readText("/well")).isEqualTo("1");
            client.control("check");
        }
        assertThat(daemon.messages()).doesNotContain("defect").doesNotContain("Exception");
    }

    @ParameterizedTest(name = "length {0}")
    @DisplayName("P-HDR-9: a header with a length over 4096 closes this connection at once, and no other")
    @ValueSource(ints = {Limits.PAYLOAD_MAX + 1, 1 << 20, Integer.MAX_VALUE, -1})
    void aMalformedFrameClosesItsOwnConnectionOnly(int length) throws Exception {
        try (WireClient other = new WireClient(daemon.socket());
                WireClient malformed = new WireClient(daemon.socket())) {
            other.send(new byte[Header.SIZE / 2]);
            ByteBuffer header = ByteBuffer.allocate(Header.SIZE);
            new Header(MessageType.READ.number(), 0, 0, length).write(header);

            malformed.send(header.array());

            assertThatExceptionOfType(EOFException.class).isThrownBy(malformed::receive);
            other.send(new byte[Header.SIZE / 2]);
            assertThat(other.receive().isOfType(MessageType.ERROR))
                    .as("an empty CONTROL, sent in two halves")
                    .isTrue();
        }
    }

    @Test
    @DisplayName("P-HDR-9: 10,000 random blobs on several connections leave the daemon serving others")
    void randomBytesHarmNobody() throws Exception {
        long seed = System.nanoTime();
        System.out.println("randomBytesHarmNobody: seed " + seed);
        RandomBlobs blobs = new RandomBlobs(seed);
        List<BlobSender> senders = new ArrayList<>();
        for (Path socket : List.of(daemon.socket(), daemon.socket(), directory.resolve("seven"))) {
            senders.add(new BlobSender(socket));
        }
        try (XenstoreClient good = daemon.client()) {
            for (int i = 0; i < 10_000; i++) {
                senders.get(i % senders.size()).send(blobs.next());
                if (i % 100 == 0) {
                    good.write("/good", Integer.toString(i));
                    assertThat(good.readText("/good")).as("seed %d", seed).isEqualTo(Integer.toString(i));
                }
            }
            assertThat(senders).allMatch(sender -> sender.answered() > 0, "was answered, seed " + seed);
        } finally {
            for (BlobSender sender : senders) {
                sender.close();
            }
        }
    }

    @Test
    @DisplayName(
            "P-ORD-6: output waits for each connection apart, so clients that never read block nobody who writes, watches and reads what they watch")
    void aClientThatNeverReadsBlocksNobody() throws Exception {
        int changes = 20_000;
        try (WireClient deaf = new WireClient(daemon.socket());
                WireClient deafGuest = new WireClient(directory.resolve("seven"));
                XenstoreClient writer = daemon.client();
                XenstoreClient watcher = daemon.client();
                WatchQueue seen = watcher.watchQueue(changes + 10)) {
            writer.mkdir("/load");
            writer.setPermissions("/load", new Permission(Access.READ, Domid.DOM0));
            for (WireClient each : List.of(deaf, deafGuest)) {
                each.send(MessageType.WATCH, "/load\0a-token-that-makes-events-longer\0");
                assertThat(each.receive().isOfType(MessageType.WATCH)).isTrue();
            }
            seen.watch("/load");

            for (int i = 0; i < changes; i++) {
                writer.write("/load/with-a-name-that-fills-the-sockets-buffers-soon/" + i, "");
            }
            writer.write("/load/last", "");

            assertThat(lastPath(seen, "/load/last")).isTrue();
            assertThat(memoryReport(watcher))
                    .as("much waits for a deaf one")
                    .anyMatch(line -> line.matches("connection .* output [0-9]{6,} bytes"));
            writer.remove("/load");
        }
    }

    private static boolean lastPath(WatchQueue queue, String path) throws InterruptedException {
        while (true) {
            Optional<Notification> next = queue.poll(DaemonProcess.PATIENCE);
            if (next.isEmpty() || next.get() instanceof Notification.ConnectionBroken) {
                return false;
            }
            if (next.get() instanceof Notification.Event event && event.path().equals(path)) {
                return true;
            }
        }
    }

    @Test
    @DisplayName("S-TX-1: a client killed amid a request leaves nothing: no change, no watch, no transaction")
    void aClientKilledAmidARequestLeavesNothing() throws Exception {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HalfRequest.class.getName(),
                        daemon.socket().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (XenstoreClient other = daemon.client();
                BufferedReader output = client.inputReader()) {
            other.write("/shared", "untouched");
            assertThat(output.readLine()).isEqualTo(HalfRequest.READY);

            var _ = client.destroyForcibly();
            client.onExit().join();

            other.write("/shared", "by the living");
            assertThat(other.readText("/shared")).isEqualTo("by the living");
            await().atMost(DaemonProcess.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(memoryReport(other)).contains("watches: 0", "open transactions: 0"));
        } finally {
            var _ = client.destroyForcibly();
        }
    }

    private static List<String> memoryReport(XenstoreClient client) throws IOException {
        Path report = directory.resolve("report");
        Files.deleteIfExists(report);
        client.control("memreport", report.toString());
        return Files.readAllLines(report);
    }

    @Test
    @DisplayName("P-CALL-4: a thousand connections are served, each with its watch")
    void aThousandConnectionsAreServed() throws Exception {
        List<WireClient> clients = new ArrayList<>();
        try (XenstoreClient writer = daemon.client()) {
            for (int i = 0; i < 1000; i++) {
                WireClient client = new WireClient(daemon.socket());
                clients.add(client);
                client.send(MessageType.WATCH, "/crowd\0" + i + "\0");
            }
            for (WireClient client : clients) {
                assertThat(client.receive().isOfType(MessageType.WATCH)).isTrue();
                assertThat(client.receive().isOfType(MessageType.WATCH_EVENT)).isTrue();
            }

            writer.write("/crowd/a", "1");

            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).receive().payload().text()).isEqualTo("/crowd/a\0" + i + "\0");
                clients.get(i).send(MessageType.READ, "/crowd/a\0");
                assertThat(clients.get(i).receive().payload().text()).isEqualTo("1");
            }
        } finally {
            for (WireClient client : clients) {
                client.close();
            }
        }
    }
}
