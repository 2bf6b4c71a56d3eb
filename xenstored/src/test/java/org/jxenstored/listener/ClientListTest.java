package org.jxenstored.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientListTest {
    @TempDir
    static Path directory;

    private static X509Certificate client;
    private static X509Certificate sameName;

    @BeforeAll
    static void makeCertificates() throws Exception {
        TestCertificates made = new TestCertificates(directory);
        client = read(made.certificate("client"));
        sameName = read(made.certificate("stranger"));
    }

    private static X509Certificate read(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static Path file(String... lines) throws IOException {
        Path file = Files.writeString(directory.resolve("clients"), String.join("\n", lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        return file;
    }

    private static Optional<OptionalInt> domidOf(X509Certificate certificate, String... lines) throws IOException {
        return ClientList.read(file(lines)).find(certificate).map(ClientList.Entry::domid);
    }

    @Test
    void aFingerprintNamesOneCertificate() throws IOException {
        String line = "5 sha256:" + ClientList.fingerprint(client);

        assertThat(domidOf(client, line)).contains(OptionalInt.of(5));
        assertThat(domidOf(sameName, line)).isEmpty();
    }

    @Test
    void aFingerprintMayBeWrittenAsOpensslDoes() throws IOException {
        String digits = ClientList.fingerprint(client).toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");

        assertThat(domidOf(client, "# of Alice", "", "  own   sha256:" + digits + " "))
                .contains(OptionalInt.empty());
    }

    @Test
    void aSubjectNamesAllCertificatesThatCarryIt() throws IOException {
        assertThat(domidOf(client, "7 cn=Client")).contains(OptionalInt.of(7));
        assertThat(domidOf(sameName, "7 CN=client")).contains(OptionalInt.of(7));
        assertThat(domidOf(client, "7 CN=client,O=Somebody")).isEmpty();
        assertThat(domidOf(client, "7 CN=clients")).isEmpty();
    }

    @Test
    void theFirstLineThatFitsCounts() throws IOException {
        String byHash = "1 sha256:" + ClientList.fingerprint(client);

        assertThat(domidOf(client, byHash, "2 CN=client")).contains(OptionalInt.of(1));
        assertThat(domidOf(sameName, byHash, "2 CN=client")).contains(OptionalInt.of(2));
    }

    @Test
    void anEmptyListLetsNobodyIn() throws IOException {
        assertThat(domidOf(client, "# nobody yet")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "dom7 CN=a", "32752 CN=a", "7 sha256:1234", "7 client", "-1 CN=a"})
    void aBadLineIsNamedAndNothingIsTaken(String bad) {
        assertThatIOException()
                .isThrownBy(() -> ClientList.read(file("1 CN=good", bad)))
                .withMessageStartingWith("line 2 of " + directory.resolve("clients") + ": give a domid");
    }

    @Test
    void aListThatOthersCanChangeIsRefused() throws IOException {
        for (String mode : new String[] {"rw-rw-r--", "rw-r--rw-"}) {
            Path file = file("7 CN=client");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

            assertThatIOException()
                    .isThrownBy(() -> ClientList.read(file))
                    .withMessageContaining("others can change " + file);
        }
    }

    @Test
    void aMissingListIsNamed() {
        assertThatIOException()
                .isThrownBy(() -> ClientList.read(directory.resolve("nothing")))
                .withMessageContaining("there is no file " + directory.resolve("nothing"));
    }
}
