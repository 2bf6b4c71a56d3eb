package org.jxenstored.it.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.engine.EngineConfig;

/** A transcript that is not what happens has to fail, or all the others say nothing. */
final class RunnerTest {
    @TempDir
    Path directory = Path.of("");

    private ThrowingCallable playing(String... lines) throws IOException {
        Path file = directory.resolve("t.txt");
        Files.writeString(file, "== X-1: a scenario\n" + String.join("\n", lines) + "\n");
        Scenario scenario = Scenario.read(file).getFirst();
        return () -> {
            try (World world = new EngineWorld(EngineConfig.DEFAULT, directory)) {
                new Runner(world).play(scenario);
            }
        };
    }

    @Test
    void whatHappensPasses() throws IOException {
        assertThatCode(playing("a WRITE /x\\0v => OK", "a READ /x\\0 => =v")).doesNotThrowAnyException();
    }

    @Test
    void anotherReplyFailsAndNamesTheLine() throws IOException {
        assertThatThrownBy(playing("a WRITE /x\\0v => OK", "a READ /x\\0 => =w"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("t.txt:3")
                .hasMessageContaining("expected =w, but got READ");
    }

    @Test
    void anErrorIsNoPayload() throws IOException {
        assertThatThrownBy(playing("a READ /x\\0 => =ENOENT\\0")).hasMessageContaining("got ERROR");
        assertThatThrownBy(playing("a WRITE /x\\0v => ENOENT")).hasMessageContaining("got WRITE");
    }

    @Test
    void anEventThatNobodyExpectsFails() throws IOException {
        assertThatThrownBy(playing("a WATCH /x\\0t\\0 => OK | event /x\\0t\\0", "b WRITE /x\\0v => OK"))
                .hasMessageContaining("at the end")
                .hasMessageContaining("WATCH_EVENT");
    }

    @Test
    void anEventAfterTheReplyIsNotOneBeforeIt() throws IOException {
        assertThatThrownBy(
                        playing("a WATCH /x\\0t\\0 => OK | event /x\\0t\\0", "a WRITE /x\\0v => OK | event /x\\0t\\0"))
                .hasMessageContaining("expected OK, but got WATCH_EVENT");
    }

    @Test
    void aReplyThatIsNeverReceivedFails() throws IOException {
        assertThatThrownBy(playing("a READ /x\\0 => later")).hasMessageContaining("never received the answer");
    }

    @Test
    void aMissingEventFails() throws IOException {
        assertThatThrownBy(playing("a <= event /x\\0t\\0")).hasMessageContaining("nothing came");
    }

    @Test
    void aGuestThatAnswersIsNotDeaf() throws IOException {
        assertThatThrownBy(playing("domain 1", "d1 is deaf")).hasMessageContaining("expected nothing");
    }

    @Test
    void aLineThatIsNoStatementIsRefused() throws IOException {
        Path file = directory.resolve("bad.txt");
        Files.writeString(file, "== X-1: bad\na READS /x\n");
        assertThatThrownBy(() -> Scenario.read(file)).hasMessageContaining("bad.txt:2");
    }

    @Test
    void bytesAreWrittenAndMatchedAsTheReadmeSays() {
        Map<String, String> variables = new HashMap<>(Map.of("name", "x\\0"));
        assertThat(Text.bytes("${name}{3*ab}{1..3:n#\\0}\\x41\\s\\\\", variables))
                .isEqualTo("x\0abababn1\0n2\0n3\0A \\");
        assertThat(Text.matches("{g=n}\\0{any}{b}end", "17\0some\nthing  end", variables))
                .isTrue();
        assertThat(variables).containsEntry("g", "17");
        assertThat(List.of(Text.matches("{n}", "1x", variables), Text.matches("a.c", "abc", variables)))
                .containsOnly(false);
    }
}
