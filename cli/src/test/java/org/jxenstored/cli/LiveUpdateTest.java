package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.protocol.Errno;

class LiveUpdateTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("C-CTL-8: the file, then the start, with 60 seconds by default")
    void theFileThenTheStart() {
        ScriptedControl server = new ScriptedControl("OK");
        assertThat(update(server, "/new")).isEqualTo(new ToolRun(0, "", ""));
        assertThat(server.commands).containsExactly("live-update -f /new", "live-update -s -t 60");
    }

    @Test
    @DisplayName("C-CTL-6: options may stand anywhere, and the last of a kind counts")
    void optionsMayStandAnywhere() {
        ScriptedControl server = new ScriptedControl("OK");
        update(server, "/a", "--unknown", "/b", "-F", "-t", "7s", "-c", "x", "-v", "2", "-c", "y z");
        assertThat(server.commands)
                .containsExactly("live-update -f /b", "live-update -c y z", "live-update -s -t 7 -F -v 2");
    }

    @ParameterizedTest
    @DisplayName("C-CTL-6: the seconds are 32 bits without a sign")
    @CsvSource({"-7, 4294967289", "4294967290, 4294967290", "99999999999999999999, 4294967295", "010, 10"})
    void theSecondsAre32BitsWithoutASign(String typed, String sent) {
        ScriptedControl server = new ScriptedControl("OK");
        assertThat(update(server, "-t", typed, "/new").exitCode()).isZero();
        assertThat(server.commands).last().isEqualTo("live-update -s -t " + sent);
    }

    @ParameterizedTest
    @DisplayName("C-CTL-6: a missing value or file is bad usage")
    @ValueSource(strings = {"", "-F", "/new -t", "/new -c", "/new -v", "-t 5", "-c x"})
    void aMissingValueOrFileIsBadUsage(String words) {
        ScriptedControl server = new ScriptedControl("OK");
        assertThat(update(server, words.isEmpty() ? new String[0] : words.split(" "))
                        .exitCode())
                .isEqualTo(2);
        assertThat(server.commands).isEmpty();
    }

    @Test
    @DisplayName("C-CTL-8: BUSY is asked again once for each second, then the update is called off")
    void busyIsAskedAgain() {
        ScriptedControl server = new ScriptedControl("OK", "BUSY");
        ToolRun run = update(server, "-t", "3", "/new");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).endsWith("\nBUSY\n");
        assertThat(server.commands)
                .containsExactly(
                        "live-update -f /new",
                        "live-update -s -t 3",
                        "live-update -s -t 3",
                        "live-update -s -t 3",
                        "live-update -a");
    }

    @Test
    @DisplayName("C-CTL-8: a server that is no longer busy is updated")
    void aServerThatIsNoLongerBusyIsUpdated() {
        assertThat(update(new ScriptedControl("OK", "BUSY", "BUSY", "OK"), "/new")
                        .exitCode())
                .isZero();
    }

    @Test
    @DisplayName("C-CTL-8: without any seconds nothing is started")
    void withoutAnySecondsNothingIsStarted() {
        ScriptedControl server = new ScriptedControl("OK");
        assertThat(update(server, "-t", "none", "/new").exitCode()).isEqualTo(3);
        assertThat(server.commands).containsExactly("live-update -f /new", "live-update -a");
    }

    @Test
    @DisplayName("C-CTL-8: a refused file is told, and there is nothing to call off")
    void aRefusedFileIsTold() {
        ScriptedControl server = new ScriptedControl("File not accessible.");
        ToolRun run = update(server, "/new");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).endsWith("\nFile not accessible.\n");
        assertThat(server.commands).containsExactly("live-update -f /new");
    }

    @Test
    @DisplayName("C-CTL-8: a refusal or an error in a later step calls the update off")
    void aRefusalInALaterStepCallsTheUpdateOff() {
        ScriptedControl refusing = new ScriptedControl("OK", "no such option");
        assertThat(update(refusing, "-c", "x", "/new").exitCode()).isEqualTo(3);
        assertThat(refusing.commands).containsExactly("live-update -f /new", "live-update -c x", "live-update -a");

        ScriptedControl failing = new ScriptedControl("OK", Errno.EIO);
        assertThat(update(failing, "/new").err()).endsWith("\nEIO\n");
        assertThat(failing.commands).last().isEqualTo("live-update -a");
    }

    @Test
    @DisplayName("C-CTL-7: a store in a domain of its own gets the unpacked kernel in chunks of 2048 bytes")
    void aStoreInADomainOfItsOwnGetsTheUnpackedKernel() throws IOException {
        String kernel = "kernel ".repeat(700);
        Path file = directory.resolve("kernel.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(kernel.getBytes(ISO_8859_1));
        }
        ScriptedControl server = new ScriptedControl("OK");
        server.isInStubdom = true;
        assertThat(update(server, file.toString()).exitCode()).isZero();
        assertThat(server.commands)
                .containsExactly(
                        "live-update -b 4900",
                        "live-update -d 2048 +2048",
                        "live-update -d 2048 +2048",
                        "live-update -d 804 +804",
                        "live-update -s -t 60");
        assertThat(server.bytes).hasToString(kernel);
    }

    @Test
    @DisplayName("C-CTL-7: a kernel that cannot be sent is told with the reason")
    void aKernelThatCannotBeSentIsTold() throws IOException {
        ScriptedControl server = new ScriptedControl("OK");
        server.isInStubdom = true;
        Path empty = Files.createFile(directory.resolve("empty"));
        Path packed = Files.write(directory.resolve("packed"), new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0});
        assertThat(update(server, empty.toString()).err()).contains("is empty");
        assertThat(update(server, packed.toString()).err()).contains("unpack it first");
        ToolRun missing = update(server, directory.resolve("missing").toString());
        assertThat(missing.err()).contains("missing");
        assertThat(missing.exitCode()).isEqualTo(3);
        assertThat(server.commands).containsOnly("live-update -a");
    }

    private static ToolRun update(Store server, String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "live-update";
        System.arraycopy(words, 0, all, 1, words.length);
        return ToolRun.on(server, "xenstore-control", all);
    }
}
