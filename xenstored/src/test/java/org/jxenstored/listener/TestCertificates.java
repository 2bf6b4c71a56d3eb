package org.jxenstored.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.SocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Self-signed certificates of a server, a client and a stranger who claims the client's name, made with the
 * JDK's keytool.
 */
final class TestCertificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path directory;

    TestCertificates(Path directory) throws Exception {
        this.directory = directory;
        make("server", "server");
        make("client", "client");
        make("stranger", "client");
    }

    private void make(String name, String subject) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + subject,
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store(name).toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = load(name);
        writePem(certificate(name), "CERTIFICATE", store.getCertificate(name).getEncoded());
        writePem(key(name), "PRIVATE KEY", store.getKey(name, PASSWORD).getEncoded());
    }

    private static void writePem(Path file, String kind, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n", US_ASCII);
    }

    Path certificate(String name) {
        return directory.resolve(name + "-cert.pem");
    }

    Path key(String name) {
        return directory.resolve(name + "-key.pem");
    }

    private Path store(String name) {
        return directory.resolve(name + ".p12");
    }

    private KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store(name))) {
            store.load(file, PASSWORD);
        }
        return store;
    }

    /**
     * TLS sockets of a client.
     *
     * @param own whose certificate it shows; null shows none
     * @param trusted whose certificate it expects
     */
    SocketFactory sockets(@Nullable String own, String trusted, String protocol)
            throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        KeyStore none = KeyStore.getInstance("PKCS12");
        none.load(null, PASSWORD);
        keys.init(own == null ? none : load(own), PASSWORD);
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, PASSWORD);
        authorities.setCertificateEntry(trusted, load(trusted).getCertificate(trusted));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return new OneProtocol(context.getSocketFactory(), protocol);
    }

    /** Makes sockets that speak one version of TLS. */
    private static final class OneProtocol extends SocketFactory {
        private final SocketFactory sockets;
        private final String protocol;

        OneProtocol(SocketFactory sockets, String protocol) {
            this.sockets = sockets;
            this.protocol = protocol;
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            SSLSocket socket = (SSLSocket) sockets.createSocket(host, port);
            socket.setEnabledProtocols(new String[] {protocol});
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return createSocket(InetAddress.getByName(host), port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(host, port);
        }
    }
}
