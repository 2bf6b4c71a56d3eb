package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("C-WRITE-4, C-ESC-4: arguments are rows of bytes")
class RawArgumentsTest {

    @Test
    void lostBytesComeBackFromTheKernelsCopy() {
        assertThat(choose("java\0-cp\0x.jar\0Main\0xenstore-write\0/a\0\u00ffb\0", "xenstore-write", "/a", "\ufffdb"))
                .containsExactly("xenstore-write", "/a", "\u00ffb");
    }

    @Test
    void aQuestionMarkMayStandForALostByte() {
        assertThat(choose("java\0Main\0x\0\u00e4\0?\0\0", "x", "?", "?", "")).containsExactly("x", "\u00e4", "?", "");
    }

    @Test
    void aCopyThatIsOfAnotherCommandLineIsNotUsed() {
        assertThat(choose("java\0Main\0x\0/b\0\u00ff\0", "x", "/a", "\u00e4"))
                .containsExactly("x", "/a", "\u00c3\u00a4");
        assertThat(choose("x\0", "x", "\u00e4")).containsExactly("x", "\u00c3\u00a4");
    }

    @Test
    void plainArgumentsAreTakenAsTheyAre() {
        assertThat(RawArguments.of("xenstore-read", "-p", "/a")).containsExactly("xenstore-read", "-p", "/a");
    }

    private static List<String> choose(String commandLine, String... decoded) {
        return RawArguments.choose(commandLine.getBytes(ISO_8859_1), decoded);
    }
}
