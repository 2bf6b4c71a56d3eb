package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;

/** A client whose request waits because it leaves too much unread. */
final class HeldBackTest {
    private static final String TOKEN = "a-token-that-makes-events-long".repeat(8);
    private static final int CHANGES = 6000;

    @TempDir
    Path directory = Path.of("");

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    @DisplayName("S-QUOTA-9, S-LOSS-2: its request is served after its events have timed out, when it reads again")
    void itsRequestIsServedAfterItsEventsHaveTimedOut() throws Exception {
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("-w", "watch-event=1", "--listen", "unix:seven,domid=7")
                        .daemon();
                XenstoreClient dom0 = daemon.client();
                WireClient seven = new WireClient(directory.resolve("seven"))) {
            dom0.mkdir("/load");
            dom0.setPermissions(
                    "/load", new Permission(Access.NONE, Domid.DOM0), new Permission(Access.READ, Domid.ANY));
            seven.send(MessageType.WATCH, "/load\0" + TOKEN + "\0");
            assertThat(seven.receive().isOfType(MessageType.WATCH)).isTrue();
            for (int i = 0; i < CHANGES; i++) {
                dom0.write("/load/" + i, "");
            }
            seven.send(MessageType.GET_DOMAIN_PATH, "7\0");
            await().atMost(DaemonProcess.PATIENCE).until(() -> memoryOf(dom0, 7) < 1000);

            Message next = seven.receive();
            while (next.isOfType(MessageType.WATCH_EVENT)) {
                next = seven.receive();
            }
            assertThat(next.payload().text()).isEqualTo("/local/domain/7\0");
        }
    }

    private static long memoryOf(XenstoreClient dom0, int domid) {
        return dom0.control("quota", Integer.toString(domid))
                .lines()
                .filter(line -> line.startsWith("memory"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("^memory *: *(\\d+) .*", "$1")))
                .findFirst()
                .orElseThrow();
    }
}
