package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.AccessDeniedException;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.NotFoundException;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;

/** Who gets in, as whom, and what he can do with the daemon's files then. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WhoMayConnectTest {
    private static final int FRIEND = 65533;
    private static final int STRANGER = 65531;

    @TempDir
    Path directory;

    @BeforeEach
    void letOtherUsersReachTheFiles() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static String read(OtherUser user, Path socket, String path) throws Exception {
        return user.request(socket, MessageType.READ.number(), path);
    }

    @Test
    @DisplayName("S-RUN-4: no other user reaches the standard socket")
    void withoutAnOptionNoOtherUserGetsIn() throws Exception {
        OtherUser stranger = OtherUser.of(STRANGER);
        try (DaemonProcess daemon = Launch.in(directory).daemon()) {
            assertThat(read(stranger, daemon.socket(), "/")).isEqualTo("cannot connect");
            Files.setPosixFilePermissions(directory.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.setPosixFilePermissions(daemon.socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(read(stranger, daemon.socket(), "/"))
                    .as("the modes are not all that keeps him out")
                    .isEqualTo("closed");
        }
    }

    @Test
    void aUserWhomAnOptionNamesRulesTheStoreAndOthersAreToldInTheLog() throws Exception {
        OtherUser friend = OtherUser.of(FRIEND);
        OtherUser stranger = OtherUser.of(STRANGER);
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("--allow-user", Integer.toString(FRIEND))
                        .daemon();
                XenstoreClient root = daemon.client()) {
            root.write("/a", "for dom0 only");

            assertThat(read(friend, daemon.socket(), "/a")).isEqualTo("2 for dom0 only");
            assertThat(mode(directory.resolve("run"))).isEqualTo("rwx--x--x");
            assertThat(mode(directory.resolve("run/sim"))).isEqualTo("rwx------");
            for (int i = 0; i < 3; i++) {
                assertThat(read(stranger, daemon.socket(), "/a")).isEqualTo("closed");
            }
            await().atMost(DaemonProcess.PATIENCE)
                    .until(() -> daemon.messages().contains("--allow-user " + STRANGER + " would let it in"));
            assertThat(daemon.messages().lines().filter(line -> line.contains("is refused")))
                    .singleElement()
                    .asString()
                    .startsWith("xenstored: warning: a client of " + daemon.socket() + " is refused: uid " + STRANGER);
            assertThat(root.readText("/a")).as("others are served").isEqualTo("for dom0 only");
        }
    }

    @Test
    void aUserMayBeLetInAsOneDomainOnly() throws Exception {
        OtherUser friend = OtherUser.of(FRIEND);
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("--listen", "unix:seven,domid=7,user=" + FRIEND)
                        .daemon();
                XenstoreClient root = daemon.client();
                XenstoreClient seven = XenstoreClient.connect(new Endpoint.UnixSocket(directory.resolve("seven")))) {
            giveHome(root, 7);
            seven.write("a", "own");
            root.write("/secret", "1");

            assertThat(read(friend, directory.resolve("seven"), "a")).isEqualTo("2 own");
            assertThat(read(friend, directory.resolve("seven"), "/secret")).isEqualTo("16 EACCES ");
            assertThat(read(friend, daemon.socket(), "/secret")).isEqualTo("cannot connect");
            assertThat(mode(directory.resolve("run"))).isEqualTo("rwx------");
            assertThat(read(OtherUser.of(STRANGER), directory.resolve("seven"), "a"))
                    .isEqualTo("closed");
            await().atMost(DaemonProcess.PATIENCE)
                    .until(() -> daemon.messages()
                            .contains("--listen unix:seven,domid=7,user=" + FRIEND + ",user=" + STRANGER + " would"));
        }
    }

    @Test
    void eachCertificateIsTheDomainThatTheListSaysAndOthersAreRefused() throws Exception {
        Certificate server = Certificate.make(directory, "server");
        Certificate seven = Certificate.make(directory, "seven");
        Certificate eight = Certificate.make(directory, "eight");
        Certificate unlisted = Certificate.make(directory, "unlisted");
        Path authority = Files.writeString(
                directory.resolve("authority.pem"),
                Files.readString(seven.certificate())
                        + Files.readString(eight.certificate())
                        + Files.readString(unlisted.certificate()));
        Path clients = Files.writeString(directory.resolve("clients"), "7 CN=seven\n8 CN=eight\n");
        Files.setPosixFilePermissions(clients, PosixFilePermissions.fromString("rw-------"));
        String address = "tcp:127.0.0.1:0,tls-cert=" + server.certificate() + ",tls-key=" + server.key() + ",tls-ca="
                + authority + ",tls-clients=" + clients;

        try (DaemonProcess daemon =
                        Launch.in(directory).with("--listen", address).daemon();
                XenstoreClient root = daemon.client()) {
            try (XenstoreClient client = tls(daemon, seven, server);
                    XenstoreClient other = tls(daemon, eight, server)) {
                giveHome(root, 7);
                giveHome(root, 8);
                client.write("a", "of seven");
                other.write("a", "of eight");
                assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> other.read("/local/domain/7/a"));
            }
            assertThat(root.readText("/local/domain/7/a")).isEqualTo("of seven");
            assertThat(root.readText("/local/domain/8/a")).isEqualTo("of eight");
            assertThatExceptionOfType(XenstoreException.class).isThrownBy(() -> {
                try (XenstoreClient client = tls(daemon, unlisted, server)) {
                    client.exists("a");
                }
            });
            await().atMost(DaemonProcess.PATIENCE)
                    .until(() -> daemon.messages().contains("certificate of CN=unlisted is in no line of " + clients));
        }
    }

    /** Waits until the domain is known, which it is when somebody has come in as this domain. */
    private static void giveHome(XenstoreClient root, int domid) {
        String home = "/local/domain/" + domid;
        root.mkdir(home);
        await().atMost(DaemonProcess.PATIENCE)
                .ignoreException(NotFoundException.class)
                .untilAsserted(() -> root.setPermissions(home, new Permission(Access.NONE, domid)));
    }

    private static XenstoreClient tls(DaemonProcess daemon, Certificate own, Certificate server) throws Exception {
        return XenstoreClient.connect(new Endpoint.Tcp("127.0.0.1", daemon.tcpPort(), own.towards(server)));
    }

    @Test
    @DisplayName("P-CTL-6, P-CTL-7: only the control domain names the daemon's files")
    void aGuestCannotNameAFileOfTheDaemons() throws Exception {
        Path target = directory.resolve("target");
        try (DaemonProcess _ = Launch.in(directory)
                        .with("--listen", "unix:seven,domid=7", "-T", "trace")
                        .daemon();
                XenstoreClient seven = XenstoreClient.connect(new Endpoint.UnixSocket(directory.resolve("seven")))) {
            for (String command : new String[] {"logfile", "memreport"}) {
                assertThatExceptionOfType(AccessDeniedException.class)
                        .isThrownBy(() -> seven.control(command, target.toString()));
            }
            assertThat(target).doesNotExist();
        }
    }

    @Test
    @DisplayName("P-CTL-6: where not only root is the control domain, commands cannot lead the trace to any file")
    void whoIsLetInAsControlDomainCannotWriteToAllFiles() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "as before");
        try (DaemonProcess daemon = Launch.in(directory)
                        .with("--allow-user", Integer.toString(FRIEND))
                        .daemon();
                XenstoreClient client = daemon.client()) {
            for (String command : new String[] {"logfile", "memreport"}) {
                assertThatExceptionOfType(RequestFailedException.class)
                        .isThrownBy(() -> client.control(command, precious.toString()));
            }
            assertThat(precious).hasContent("as before");
            assertThat(daemon.messages()).contains("use --trace-file for another one");
        }
    }

    @Test
    @DisplayName("S-LOG-1: a trace file that is a link is not followed, and the daemon serves without")
    void aLinkInThePlaceOfTheTraceFileIsNotFollowed() throws Exception {
        Path precious = Files.writeString(directory.resolve("precious"), "as before");
        Path trace = Files.createSymbolicLink(directory.resolve("trace"), precious);
        try (DaemonProcess daemon =
                        Launch.in(directory).with("-T", trace.toString()).daemon();
                XenstoreClient client = daemon.client()) {
            client.write("/a", "1");
            assertThat(daemon.messages()).contains("cannot open trace file " + trace + ": it is a link");
            assertThat(precious).hasContent("as before");
        }
    }
}
