package org.jxenstored.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("S-RUN-4: the Unix socket")
@ParameterizedClass(name = "native transport wanted: {0}")
@ValueSource(booleans = {true, false})
class UnixListenerTest {
    @TempDir
    Path directory;

    @Parameter
    boolean nativeTransport;

    private EventLoopThread loop;

    @BeforeEach
    void startTheLoop() {
        loop = nativeTransport ? EventLoopThread.start() : EventLoopThread.startNio();
    }

    @AfterEach
    void endTheLoop() {
        loop.close();
    }

    private Path socket() {
        return directory.resolve("socket");
    }

    private Listeners listen(ListenAddress... addresses) throws ListenException {
        return Listeners.open(loop, List.of(addresses), new GreetingServer());
    }

    private ListenAddress at(Path path) {
        return new ListenAddress.Unix(path, OptionalInt.empty());
    }

    private static String talk(Path path, String text) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(path));
                BufferedReader lines = new BufferedReader(Channels.newReader(client, StandardCharsets.US_ASCII))) {
            client.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
            return lines.readLine() + ", " + lines.readLine();
        }
    }

    @Test
    void clientsAreHandedOverAndServed() throws Exception {
        try (Listeners _ =
                listen(at(socket()), new ListenAddress.Unix(directory.resolve("seven"), OptionalInt.of(7)))) {
            assertThat(talk(socket(), "hello")).isEqualTo("own domain, hello");
            assertThat(talk(directory.resolve("seven"), "hello")).isEqualTo("domain 7, hello");
        }
    }

    @Test
    void onlyTheOwnerMayConnect() throws Exception {
        try (Listeners _ = listen(at(socket()))) {
            assertThat(Files.getPosixFilePermissions(socket())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    /** A socket that uid 65533 may connect to besides us, where other users can get at it. */
    private Path socketForAnother() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        return socket();
    }

    private static ListenAddress.Unix forAnother(Path path) {
        return new ListenAddress.Unix(path, OptionalInt.of(7), new LocalUsers(Set.of(65533), "--allow-user "));
    }

    @Test
    void aUserWhomAnOptionNamesIsServed() throws Exception {
        Path path = socketForAnother();
        try (Listeners _ = listen(forAnother(path))) {
            assertThat(OtherUser.connect(65533, path)).isEqualTo("domain 7");
            assertThat(OtherUser.connect(0, path)).isEqualTo("domain 7");
        }
    }

    @Test
    void anotherUserIsClosedAtOnceAndTheLogSaysWhoItWasAndWhatWouldLetHimIn() throws Exception {
        Path path = socketForAnother();
        try (LogLines lines = new LogLines();
                Listeners _ = listen(forAnother(path))) {
            assertThat(OtherUser.connect(65531, path)).isEqualTo("closed");
            assertThat(OtherUser.connect(65531, path)).isEqualTo("closed");

            assertThat(lines.all())
                    .singleElement()
                    .asString()
                    .startsWith("a client of " + path + " is refused: ")
                    .contains(loop.isEpoll() ? "uid 65531 (process " : "user 65531 ")
                    .contains("may connect (0, 65533)")
                    .endsWith("--allow-user 65531 would let it in");
            assertThat(talk(path, "hello")).as("others are served").isEqualTo("domain 7, hello");
        }
    }

    @Test
    void whereNobodyElseIsNamedTheFileItselfKeepsOthersOut() throws Exception {
        Path path = socketForAnother();
        try (Listeners _ = listen(at(path))) {
            assertThat(OtherUser.connect(65533, path)).isEqualTo("cannot connect");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(OtherUser.connect(65533, path))
                    .as("the kernel's word counts, not the mode")
                    .isEqualTo("closed");
        }
    }

    @Test
    void aSocketForOthersIsOpenToAllForTheKernelTellsWhoTheyAre() throws Exception {
        try (Listeners _ = listen(forAnother(socket()))) {
            assertThat(Files.getPosixFilePermissions(socket())).isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(talk(socket(), "hello")).isEqualTo("domain 7, hello");
        }
    }

    @Test
    void nothingButTheSocketIsLeftInTheDirectory() throws Exception {
        try (Listeners _ = listen(at(socket()));
                Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(socket());
        }
    }

    @Test
    void theFileIsGoneAfterwards() throws Exception {
        listen(at(socket())).close();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileThatTookOurPlaceStays() throws Exception {
        try (Listeners _ = listen(at(socket()))) {
            Files.delete(socket());
            Files.createFile(socket());
        }

        assertThat(socket()).isRegularFile();
    }

    @Test
    void aSocketThatNobodyServesIsReplaced() throws Exception {
        try (ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        assertThat(socket()).exists();

        try (Listeners _ = listen(at(socket()))) {
            assertThat(talk(socket(), "hello")).isEqualTo("own domain, hello");
        }
    }

    @Test
    void aSecondDaemonOnTheSameSocketIsRefusedAndTheFirstOneServesOn() throws Exception {
        try (Listeners _ = listen(at(socket()))) {
            assertThatExceptionOfType(ListenException.class)
                    .isThrownBy(() -> listen(at(socket())))
                    .withMessageStartingWith("another xenstored")
                    .withMessageContaining(socket().toString())
                    .withMessageContaining(
                            loop.isEpoll()
                                    ? "process " + ProcessHandle.current().pid()
                                    : "stop it");
            assertThat(talk(socket(), "hello")).isEqualTo("own domain, hello");
        }
    }

    @Test
    void aFileThatIsNoSocketIsNotTouched() throws Exception {
        Files.writeString(socket(), "precious");

        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> listen(at(socket())))
                .withMessageContaining("is no socket");
        assertThat(socket()).hasContent("precious");
    }

    @Test
    void aMissingDirectoryIsNamed() {
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> listen(at(directory.resolve("missing/socket"))))
                .withMessageContaining("there is no directory " + directory.resolve("missing"));
    }

    @Test
    void aPathTooLongForASocketIsRefusedWithNothingLeftBehind() {
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> listen(at(directory.resolve("x".repeat(110)))))
                .withMessageContaining("bytes too long");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whenOneAddressFailsNoneStaysOpen() {
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> listen(at(socket()), at(directory.resolve("missing/socket"))));
        assertThat(directory).isEmptyDirectory();
    }
}
