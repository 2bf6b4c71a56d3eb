package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** TCP, in the clear and with TLS. */
class TcpTest {
    /** Trusts itself; its certificate is for the name localhost. */
    private static SSLContext context;

    @BeforeAll
    static void makeCertificate(@TempDir Path directory) throws Exception {
        context = contextFor("localhost", directory);
    }

    /** Answers every request with its own payload until the client goes. */
    private static void echo(ServerSocket listener) {
        try (Socket peer = listener.accept()) {
            InputStream in = peer.getInputStream();
            OutputStream out = peer.getOutputStream();
            byte[] bytes = in.readNBytes(Header.SIZE);
            while (bytes.length == Header.SIZE) {
                Header header = Header.read(ByteBuffer.wrap(bytes));
                Value payload = Value.owning(in.readNBytes(header.length()));
                out.write(new Message(header.type(), header.requestId(), 0, payload).toByteArray());
                bytes = in.readNBytes(Header.SIZE);
            }
        } catch (java.io.IOException theClientWent) {
            return;
        }
    }

    private static ServerSocket listen() throws Exception {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void requestsPassInTheClear() throws Exception {
        try (ServerSocket listener = listen()) {
            var server = run(() -> echo(listener));
            try (XenstoreClient client =
                    XenstoreClient.connect(new Endpoint.Tcp("127.0.0.1", listener.getLocalPort()))) {
                assertThat(client.read("/a")).isEqualTo(Value.of("/a\0"));
            }
            result(server);
        }
    }

    @Test
    void whereNobodyListensThePortIsTold() throws Exception {
        ServerSocket listener = listen();
        int port = listener.getLocalPort();
        listener.close();
        assertThatThrownBy(() -> XenstoreClient.connect(new Endpoint.Tcp("127.0.0.1", port)))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void anUnknownHostIsTold() {
        assertThatThrownBy(() -> XenstoreClient.connect(new Endpoint.Tcp("[no address", 1)))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("[no address: unknown host");
    }

    @Test
    void requestsPassThroughTls() throws Exception {
        try (ServerSocket listener =
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = run(() -> echo(listener));
            try (XenstoreClient client =
                    XenstoreClient.connect(new Endpoint.Tcp("localhost", listener.getLocalPort(), context))) {
                Value value = Value.copyOf(new byte[4000]);
                client.write("/a", value);
                assertThat(client.read("/a")).isEqualTo(Value.of("/a\0"));
                var waiting = run(() -> {
                    Thread.currentThread().interrupt();
                    readUnlessInterrupted(client, "/b");
                });
                result(waiting);
                assertThat(client.read("/c")).isEqualTo(Value.of("/c\0"));
            }
            result(server);
        }
    }

    /** The reply may be faster than the wait for it, which is then not interrupted any more. */
    private static void readUnlessInterrupted(XenstoreClient client, String path) {
        try {
            assertThat(client.read(path)).isEqualTo(Value.of(path + "\0"));
        } catch (InterruptedRequestException interrupted) {
            assertThat(interrupted).hasMessageContaining(path);
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (ServerSocket listener =
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = run(() -> echo(listener));
            assertThatThrownBy(() ->
                            XenstoreClient.connect(new Endpoint.Tcp("127.0.0.1", listener.getLocalPort(), context)))
                    .isInstanceOf(ConnectFailedException.class)
                    .hasMessageContaining("127.0.0.1");
            result(server);
        }
    }

    /** A context with a fresh certificate for this host, which it also trusts. */
    private static SSLContext contextFor(String host, Path directory) throws Exception {
        Path store = directory.resolve(host + ".p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "secret")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "secret".toCharArray());
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
