package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.AccessDeniedException;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.QuotaExceededException;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Permission;

/** The addresses of {@code --listen}. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ListenTest {
    private static final int SEVEN = 7;

    @TempDir
    Path directory;

    private static void giveHome(XenstoreClient dom0) {
        dom0.mkdir("/local/domain/7");
        dom0.setPermissions("/local/domain/7", new Permission(Access.NONE, SEVEN));
    }

    private XenstoreClient seven() {
        return XenstoreClient.connect(new Endpoint.UnixSocket(directory.resolve("seven")));
    }

    @Test
    @DisplayName(
            "P-CALL-1, P-PATH-6: a socket with domid=7 makes a client domain 7: its home, its rights, no privilege")
    void aSocketForADomainGivesItsRights() throws Exception {
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("--listen", "unix:seven,domid=7")
                        .daemon();
                XenstoreClient dom0 = daemon.client();
                XenstoreClient seven = seven()) {
            giveHome(dom0);
            dom0.write("/secret", "1");

            seven.write("data/x", "from seven");

            assertThat(dom0.readText("/local/domain/7/data/x")).isEqualTo("from seven");
            assertThat(dom0.getPermissions("/local/domain/7/data/x"))
                    .containsExactly(new Permission(Access.NONE, SEVEN));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> seven.write("/tool/x", "1"));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> seven.read("/secret"));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> seven.introduce(8, 1, 1));
            assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(() -> seven.control("check"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("seven"))))
                    .isEqualTo("rw-------");
            daemon.signal("TERM");
            assertThat(daemon.awaitEnd().exitCode()).isZero();
            assertThat(directory.resolve("seven")).doesNotExist();
        }
    }

    @Test
    @DisplayName("P-CALL-4, S-QUOTA-1: domain 7's quotas hold on its socket, and do not hold for domain 0")
    void aSocketForADomainHasItsQuotas() throws Exception {
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("--listen", "unix:seven,domid=7", "-E", "10", "-W", "3")
                        .daemon();
                XenstoreClient dom0 = daemon.client();
                XenstoreClient seven = seven();
                WatchQueue watches = seven.watchQueue();
                WatchQueue dom0Watches = dom0.watchQueue()) {
            giveHome(dom0);

            for (int node = 2; node <= 10; node++) {
                seven.mkdir("n" + node);
                dom0Watches.watch("/w" + node);
            }
            assertThatExceptionOfType(QuotaExceededException.class)
                    .isThrownBy(() -> seven.mkdir("n11"))
                    .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.ENOSPC));
            seven.remove("n10");
            seven.mkdir("n11");
            for (int watch = 1; watch <= 3; watch++) {
                watches.watch("n" + watch);
            }
            assertThatExceptionOfType(RequestFailedException.class).isThrownBy(() -> watches.watch("n4"));
            for (int node = 1; node <= 20; node++) {
                dom0.mkdir("/many/" + node);
            }
            assertThat(dom0.directory("/many")).hasSize(20);
        }
    }

    @Test
    @DisplayName("P-CALL-3: a TCP port of the system's choice on the loopback address serves in the clear")
    void aPortOnTheLoopbackAddressServes() throws Exception {
        try (DaemonProcess daemon =
                        Launch.in(directory).with("--listen", "tcp:127.0.0.1:0").daemon();
                XenstoreClient client = XenstoreClient.connect(new Endpoint.Tcp("127.0.0.1", daemon.tcpPort()));
                XenstoreClient local = daemon.client()) {
            client.write("/a", "over TCP");

            assertThat(local.readText("/a")).isEqualTo("over TCP");
            assertThat(client.control("check")).isEqualTo(local.control("check"));
        }
    }

    @Test
    @DisplayName("P-CALL-1: with TLS a client with the right certificate is domain 7, a stranger gets nothing")
    void tlsLetsInTheRightClientOnly() throws Exception {
        Certificate server = Certificate.make(directory, "server");
        Certificate friend = Certificate.make(directory, "friend");
        Certificate stranger = Certificate.make(directory, "stranger");
        String address = "tcp:127.0.0.1:0,domid=7,tls-cert=" + server.certificate() + ",tls-key=" + server.key()
                + ",tls-ca=" + friend.certificate();

        try (DaemonProcess daemon =
                        Launch.in(directory).with("--listen", address).daemon();
                XenstoreClient dom0 = daemon.client();
                XenstoreClient client = XenstoreClient.connect(
                        new Endpoint.Tcp("127.0.0.1", daemon.tcpPort(), friend.towards(server)))) {
            giveHome(dom0);
            client.write("data", "encrypted");

            assertThat(dom0.readText("/local/domain/7/data")).isEqualTo("encrypted");
            Endpoint asStranger = new Endpoint.Tcp("127.0.0.1", daemon.tcpPort(), stranger.towards(server));
            assertThatExceptionOfType(XenstoreException.class).isThrownBy(() -> readAt(asStranger));
            Endpoint inTheClear = new Endpoint.Tcp("127.0.0.1", daemon.tcpPort());
            assertThatExceptionOfType(XenstoreException.class).isThrownBy(() -> readAt(inTheClear));
            assertThat(client.readText("data")).as("others are not harmed").isEqualTo("encrypted");
        }
    }

    private static void readAt(Endpoint endpoint) {
        try (XenstoreClient client = XenstoreClient.connect(endpoint)) {
            client.exists("data");
        }
    }
}
