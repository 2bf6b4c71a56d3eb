package org.jxenstored.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpListenerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    static Path directory;

    private static EventLoopThread loop;
    private static TestCertificates certificates;

    @BeforeAll
    static void startTheLoop() throws Exception {
        loop = EventLoopThread.start();
        certificates = new TestCertificates(directory);
    }

    @AfterAll
    static void endTheLoop() {
        loop.close();
    }

    private static Listeners listen(Optional<TlsFiles> tls) throws ListenException {
        return Listeners.open(
                loop, List.of(new ListenAddress.Tcp(ANY_PORT, OptionalInt.of(7), tls)), new GreetingServer());
    }

    private static TlsFiles server() {
        return new TlsFiles(
                certificates.certificate("server"), certificates.key("server"), certificates.certificate("client"));
    }

    private static String talk(Listeners listeners, SocketFactory sockets) throws IOException {
        InetSocketAddress address = ((ListenAddress.Tcp) listeners.addresses().getFirst()).address();
        try (Socket client = sockets.createSocket(address.getAddress(), address.getPort());
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            if (client instanceof SSLSocket tls) {
                tls.startHandshake();
            }
            client.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            return lines.readLine() + ", " + lines.readLine();
        }
    }

    @Test
    void clientsOfThisMachineAreServedInTheClear() throws Exception {
        try (Listeners listeners = listen(Optional.empty())) {
            assertThat(talk(listeners, SocketFactory.getDefault())).isEqualTo("domain 7, hello");
        }
    }

    @Test
    void aPortInUseIsRefusedWithItsAddress() throws Exception {
        try (Listeners listeners = listen(Optional.empty())) {
            assertThatExceptionOfType(ListenException.class)
                    .isThrownBy(() -> Listeners.open(loop, listeners.addresses(), new GreetingServer()))
                    .withMessageContaining(
                            "cannot listen on " + listeners.addresses().getFirst());
        }
    }

    @Test
    void anAddressForOtherMachinesCannotEvenBeNamedWithoutTls() {
        InetSocketAddress everywhere = new InetSocketAddress(1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ListenAddress.Tcp(everywhere, OptionalInt.empty(), Optional.empty()));
    }

    @Test
    void aClientWithACertificateIsServed() throws Exception {
        try (Listeners listeners = listen(Optional.of(server()))) {
            assertThat(talk(listeners, certificates.sockets("client", "server", "TLSv1.3")))
                    .isEqualTo("domain 7, hello");
        }
    }

    @Test
    void aClientWithoutCertificateIsNeverHandedOver() throws Exception {
        try (Listeners listeners = listen(Optional.of(server()))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> talk(listeners, certificates.sockets(null, "server", "TLSv1.3")));
        }
    }

    @Test
    void aClientWithACertificateOfSomebodyElseIsNeverHandedOver() throws Exception {
        try (Listeners listeners = listen(Optional.of(server()))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> talk(listeners, certificates.sockets("stranger", "server", "TLSv1.3")));
        }
    }

    @Test
    void anOlderTlsIsNotSpoken() throws Exception {
        try (Listeners listeners = listen(Optional.of(server()))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> talk(listeners, certificates.sockets("client", "server", "TLSv1.2")));
        }
    }

    private static Path list(String text) throws IOException {
        Path list = Files.writeString(directory.resolve("clients"), text);
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("rw-------"));
        return list;
    }

    private static Listeners listenFor(Path list) throws ListenException {
        TlsFiles files = new TlsFiles(
                certificates.certificate("server"),
                certificates.key("server"),
                certificates.certificate("client"),
                Optional.of(list));
        return Listeners.open(
                loop,
                List.of(new ListenAddress.Tcp(ANY_PORT, OptionalInt.empty(), Optional.of(files))),
                new GreetingServer());
    }

    @Test
    void aListSaysWhichDomainACertificateIs() throws Exception {
        try (Listeners listeners = listenFor(list("5 CN=client"))) {
            assertThat(talk(listeners, certificates.sockets("client", "server", "TLSv1.3")))
                    .isEqualTo("domain 5, hello");
            list("own CN=client");
            assertThat(talk(listeners, certificates.sockets("client", "server", "TLSv1.3")))
                    .as("a changed line counts for the next connection")
                    .isEqualTo("own domain, hello");
        }
    }

    @Test
    void aCertificateInNoLineIsNeverHandedOverAndTheLogSaysWhichLineWouldLetItIn() throws Exception {
        try (LogLines lines = new LogLines();
                Listeners listeners = listenFor(list("5 CN=somebody"))) {
            assertThat(firstLine(listeners, certificates.sockets("client", "server", "TLSv1.3")))
                    .isEqualTo("closed");

            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .contains("certificate of CN=client is in no line of " + directory.resolve("clients"))
                    .containsPattern("\"DOMID sha256:[0-9a-f]{64}\" would let it in");
        }
    }

    @Test
    void aListThatHasBecomeUnreadableLetsNobodyIn() throws Exception {
        try (LogLines lines = new LogLines();
                Listeners listeners = listenFor(list("5 CN=client"))) {
            list("nonsense");
            assertThat(firstLine(listeners, certificates.sockets("client", "server", "TLSv1.3")))
                    .isEqualTo("closed");
            assertThat(lines.all()).singleElement().asString().contains("line 1 of " + directory.resolve("clients"));
        }
    }

    @Test
    void aBadListIsNamedAtTheStart() throws Exception {
        Path list = list("nonsense");

        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> listenFor(list))
                .withMessageStartingWith("tls-clients: line 1 of " + list);
    }

    private static String firstLine(Listeners listeners, SocketFactory sockets) throws IOException {
        InetSocketAddress address = ((ListenAddress.Tcp) listeners.addresses().getFirst()).address();
        try (Socket client = sockets.createSocket(address.getAddress(), address.getPort());
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = lines.readLine();
            return line == null ? "closed" : line;
        }
    }

    @Test
    void aMissingCertificateIsNamed() {
        TlsFiles files = new TlsFiles(
                directory.resolve("nothing.pem"), certificates.key("server"), certificates.certificate("client"));

        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> listen(Optional.of(files)))
                .withMessageContaining("cannot read " + files.certificate());
    }

    @Test
    void aKeyThatIsNoKeyIsNamed() throws IOException {
        Path noKey = Files.writeString(directory.resolve("no-key.pem"), "nothing");
        TlsFiles files = new TlsFiles(certificates.certificate("server"), noKey, certificates.certificate("client"));

        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> listen(Optional.of(files)))
                .withMessageContaining(noKey.toString());
    }
}
