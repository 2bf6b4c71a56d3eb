package org.jxenstored.it.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.Transaction;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;

/** The lines of the trace file, from a small session. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class TraceFileTest {
    /** Connection, domain, local date and time. */
    private static final String WHO_AND_WHEN = " 0x[0-9a-f]+ \\(d0\\) \\d{8} \\d\\d:\\d\\d:\\d\\d ";

    @TempDir
    Path directory;

    private Path trace() {
        return directory.resolve("trace");
    }

    private String text() throws IOException {
        return Files.readString(trace(), ISO_8859_1);
    }

    private void awaitText(String part) {
        await().atMost(DaemonProcess.PATIENCE).until(() -> text().contains(part));
    }

    @Test
    @DisplayName("S-LOG-1, S-LOG-2, S-LOG-3, S-LOG-5: requests, replies, errors and objects have lines in the C format")
    void aSessionHasItsLines() throws Exception {
        try (DaemonProcess daemon =
                Launch.in(directory).with("-T", trace().toString()).daemon()) {
            try (WireClient client = new WireClient(daemon.socket())) {
                client.send(MessageType.WRITE, "/a\0value");
                assertThat(client.receive().isOfType(MessageType.WRITE)).isTrue();
                client.send(MessageType.READ, "/none\0");
                assertThat(client.receive().isOfType(MessageType.ERROR)).isTrue();
                client.send(MessageType.WATCH, "/a\0token\0");
                assertThat(client.receive().isOfType(MessageType.WATCH)).isTrue();
                assertThat(client.receive().isOfType(MessageType.WATCH_EVENT)).isTrue();
                client.send(MessageType.TRANSACTION_START, "\0");
                assertThat(client.receive().isOfType(MessageType.TRANSACTION_START))
                        .isTrue();
            }
            awaitText("obj: DESTROY connection");

            String all = text();
            assertThat(all).startsWith("***\n");
            assertThat(shapes(all))
                    .containsSubsequence(
                            "obj: CREATE connection ID",
                            "io: IN WHO WRITE (/a value)",
                            "io: OUT WHO WRITE (OK )",
                            "io: IN WHO READ (/none )",
                            "io: OUT(ERR) WHO ERROR (ENOENT )",
                            "io: IN WHO WATCH (/a token )",
                            "obj: CREATE watch /a token",
                            "io: OUT WHO WATCH (OK )",
                            "io: OUT WHO WATCH_EVENT (/a token )",
                            "io: IN WHO TRANSACTION_START ( )",
                            "obj: CREATE transaction 1",
                            "io: OUT WHO TRANSACTION_START (1 )");
            assertThat(shapes(all))
                    .contains("obj: DESTROY watch /a token", "obj: DESTROY transaction 1")
                    .contains("obj: DESTROY connection ID")
                    .noneMatch(line -> line.startsWith("tdb:") || line.startsWith("acc:") || line.startsWith("wrl:"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(trace())))
                    .isEqualTo("rw-------");
        }
    }

    /** The lines with their variable parts replaced. */
    private static List<String> shapes(String all) {
        return all.lines()
                .map(line ->
                        line.replaceFirst(WHO_AND_WHEN, " WHO ").replaceFirst("connection 0x\\S+", "connection ID"))
                .toList();
    }

    @Test
    @DisplayName("S-LOG-4: a reply that a client takes in parts has a line for its start and one for its end")
    void aReplyInPartsHasTwoLines() throws Exception {
        int replies = 150;
        try (DaemonProcess daemon =
                        Launch.in(directory).with("-T", trace().toString()).daemon();
                WireClient client = new WireClient(daemon.socket())) {
            client.send(MessageType.WRITE, "/a\0" + "v".repeat(4000));
            assertThat(client.receive().isOfType(MessageType.WRITE)).isTrue();
            for (int i = 0; i < replies; i++) {
                client.send(MessageType.READ, "/a\0");
            }
            awaitText("OUT(START)");
            for (int i = 0; i < replies; i++) {
                assertThat(client.receive().payload().size()).isEqualTo(4000);
            }
            awaitText("OUT(END)");

            assertThat(shapes(text()).stream().map(line -> line.replaceFirst("v{4000}", "VALUE")))
                    .containsSubsequence("io: OUT(START) WHO READ (VALUE)", "io: OUT(END) WHO READ (VALUE)");
        }
    }

    @Test
    @DisplayName("S-LOG-9: bytes that do not print are escaped, so that no client can write lines of its own")
    void noClientWritesLinesOfItsOwn() throws Exception {
        try (DaemonProcess daemon =
                        Launch.in(directory).with("-T", trace().toString()).daemon();
                WireClient client = new WireClient(daemon.socket())) {
            client.send(MessageType.WRITE, "/a\0x\nio: IN 0x0 (d0) forged\r\u001b[2J\u00ff");
            client.send(MessageType.WATCH, "/a\0token\nobj: forged\0");
            awaitText("WATCH_EVENT");

            assertThat(text().lines().filter(line -> line.contains("forged")))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("\\x0a"))
                    .anyMatch(line -> line.contains("x\\x0aio: IN 0x0 (d0) forged\\x0d\\x1b[2J\\xff"));
        }
    }

    @Test
    @DisplayName("S-LOG-6: --trace-control switches store, accounts and write rate on and messages off")
    void traceControlSwitchesKindsOfLines() throws Exception {
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("-T", trace().toString(), "--trace-control", "+tdb", "--trace-control", "+acc")
                        .with("--trace-control=-io", "--listen", "unix:seven,domid=7", "--trace-control", "+wrl")
                        .daemon();
                XenstoreClient client = daemon.client();
                WireClient seven = new WireClient(directory.resolve("seven"));
                Transaction _ = client.transaction()) {
            client.write("/a/b", "value");
            client.remove("/a");
            client.mkdir("/local/domain/7");
            client.setPermissions("/local/domain/7", new Permission(Access.NONE, 7));
            seven.send(MessageType.WRITE, "data\0value");
            assertThat(seven.receive().isOfType(MessageType.WRITE)).isTrue();
            awaitText("tdb: store /local/domain/7/data ");
            client.control("sim", "create", "web");
            awaitText("wrl: d1 ");

            assertThat(text().lines())
                    .anyMatch(line -> line.matches("tdb: store /a/b size \\d+"))
                    .anyMatch(line -> line.matches("tdb: delete /a size \\d+"))
                    .anyMatch(line -> line.matches("acc: global change d7 nodes old 1 delta 1"))
                    .anyMatch(line -> line.matches("wrl: d1 credit -?\\d+ reserve -?\\d+"))
                    .noneMatch(line -> line.startsWith("wrl: d7"))
                    .anyMatch(line -> line.startsWith("obj: CREATE connection"))
                    .noneMatch(line -> line.startsWith("io:"));
        }
    }

    @Test
    @DisplayName("S-LOG-1: a trace file is appended to")
    void aTraceFileIsAppendedTo() throws Exception {
        Files.writeString(trace(), "from before\n");

        try (DaemonProcess _ =
                Launch.in(directory).with("-T", trace().toString()).daemon()) {
            assertThat(text()).startsWith("from before\n***\n");
        }
    }
}
