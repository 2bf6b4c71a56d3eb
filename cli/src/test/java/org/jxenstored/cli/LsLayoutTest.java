package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxenstored.protocol.Value;

class LsLayoutTest {
    private static final LsLayout PLAIN = LsLayout.plain(false, false);
    private static final LsLayout PERMISSIONS = LsLayout.plain(false, true);
    private static final LsLayout FLAT = LsLayout.plain(true, false);
    private static final LsLayout FLAT_PERMISSIONS = LsLayout.plain(true, true);

    @Test
    @DisplayName("C-LS-2: an entry is indented by its depth")
    void anEntryIsIndentedByItsDepth() {
        assertThat(entry(PLAIN, "tool", 0, "")).isEqualTo("tool = \"\"\n");
        assertThat(entry(PLAIN, "xenstored", 3, "a\tb")).isEqualTo("   xenstored = \"a\\tb\"\n");
    }

    @Test
    @DisplayName("C-LS-3: dots lead to the permissions in column 62")
    void dotsLeadToThePermissions() {
        assertThat(entry(PERMISSIONS, "tool", 0, "", "n0"))
                .isEqualTo("tool = \"\"  . . . . . . . . . . . . . . . . . . . . . . . . .  (n0)\n");
        assertThat(entry(PERMISSIONS, "xenstored", 1, "", "n0"))
                .isEqualTo(" xenstored = \"\"  . . . . . . . . . . . . . . . . . . . . . .  (n0)\n");
        assertThat(entry(PERMISSIONS, "1", 2, "", "n1"))
                .isEqualTo("  1 = \"\" . . . . . . . . . . . . . . . . . . . . . . . . . .  (n1)\n");
        assertThat(entry(PERMISSIONS, "a", 0, "", "n0,r1"))
                .isEqualTo("a = \"\" . . . . . . . . . . . . . . . . . . . . . . . . . . .  (n0,r1)\n");
    }

    @Test
    @DisplayName("C-LS-2: dots start where the escaped value ended")
    void dotsStartWhereTheEscapedValueEnded() {
        assertThat(entry(PERMISSIONS, "a", 0, "\\\\\\", "n0"))
                .isEqualTo("a = \"\\\\\\\\\\\\\" . . . . . . . . . . . . . . . . . . . . . . . .  (n0)\n");
    }

    @Test
    @DisplayName("C-LS-2: a value beyond column 60 has one blank and no dots")
    void aLongValueHasNoDots() {
        String value = "v".repeat(60);
        assertThat(entry(PERMISSIONS, "a", 0, value, "n0")).isEqualTo("a = \"" + value + "\"   (n0)\n");
    }

    @ParameterizedTest(name = "{0} bytes under a name of 4: cut {1}")
    @DisplayName("C-LS-3, C-T-1: a value fits up to width - 8, and is cut to width - 8 beyond")
    @CsvSource({"67, false", "68, false", "69, true", "200, true"})
    void aValueThatDoesNotFitIsCut(int length, boolean isCut) {
        String line = entry(PLAIN, "long", 0, "v".repeat(length));
        assertThat(line)
                .isEqualTo(
                        isCut ? "long = \"" + "v".repeat(68) + "\\...\"\n" : "long = \"" + "v".repeat(length) + "\"\n");
    }

    @Test
    @DisplayName("C-LS-2: whether it fits is told by the bytes, where it is cut by the escapes")
    void binaryValuesAreMeasuredTwice() {
        assertThat(entry(PLAIN, "long", 0, "\u00ff".repeat(68))).isEqualTo("long = \"" + "\\xff".repeat(68) + "\"\n");
        assertThat(entry(PLAIN, "longer", 0, "\u00ff".repeat(68)))
                .isEqualTo("longer = \"" + "\\xff".repeat(16) + "\\x" + "\\...\"\n");
    }

    @Test
    @DisplayName("C-LS-3, C-T-2: a name as long as the line is cut, and leaves nothing of the value")
    void aNameAsLongAsTheLineIsCut() {
        assertThat(entry(PLAIN, "n".repeat(104), 0, "value")).isEqualTo("n".repeat(72) + " = \"\\...\"\n");
        assertThat(entry(PLAIN, "n".repeat(104), 0, "")).isEqualTo("n".repeat(72) + " = \"\"\n");
        assertThat(entry(PLAIN, "n".repeat(104), 10, "value"))
                .isEqualTo(" ".repeat(10) + "n".repeat(62) + " = \"\\...\"\n");
    }

    @Test
    @DisplayName("C-LS-2: a cut value has no blank and no dots before the permissions")
    void aCutValueHasNoDots() {
        assertThat(entry(PERMISSIONS, "long", 0, "v".repeat(69), "n0"))
                .isEqualTo("long = \"" + "v".repeat(68) + "\\...\"  (n0)\n");
    }

    @Test
    @DisplayName("C-LS-2: an unreadable value is a colon and a line for the permissions")
    void anUnreadableValueIsAColon() {
        assertThat(PLAIN.entry("secret", 1, Optional.empty(), Optional.empty())).isEqualTo(" secret:\n\n");
        assertThat(PERMISSIONS.entry("secret", 1, Optional.empty(), Optional.of("n0")))
                .isEqualTo(" secret:\n  (n0)\n");
    }

    @Test
    @DisplayName("C-LS-6: without known permissions the dots lead nowhere")
    void withoutKnownPermissionsTheDotsLeadNowhere() {
        assertThat(PERMISSIONS.entry("a", 0, Optional.of(Value.of("x")), Optional.empty()))
                .isEqualTo("a = \"x\"  . . . . . . . . . . . . . . . . . . . . . . . . . .\n");
    }

    @Test
    @DisplayName("C-LS-4: flat entries have the whole path, no indent, no cut and no dots")
    void flatEntriesAreNotCut() {
        assertThat(entry(FLAT, "/a/b", 1, "v".repeat(4000))).isEqualTo("/a/b = \"" + "v".repeat(4000) + "\"\n");
        assertThat(entry(FLAT_PERMISSIONS, "/a", 0, "", "n0")).isEqualTo("/a = \"\"   (n0)\n");
        assertThat(FLAT_PERMISSIONS.entry("/a", 0, Optional.empty(), Optional.of("n0")))
                .isEqualTo("/a:\n  (n0)\n");
    }

    @Test
    @DisplayName("C-LS-1, C-LS-4: on a terminal two columns stay free, and a flat path counts as none")
    void aTerminalSetsTheWidth() {
        assertThat(entry(LsLayout.terminal(false, true, 20), "deeper", 2, "value", "n0"))
                .isEqualTo("  deeper = \"va\\...\"  (n0)\n");
        assertThat(entry(LsLayout.terminal(false, true, 21), "tool", 0, "", "n0"))
                .isEqualTo("tool = \"\"  . . . .   (n0)\n");
        assertThat(entry(LsLayout.terminal(true, false, 20), "/a/long/path/which/is/not/cut", 4, "01234567890"))
                .isEqualTo("/a/long/path/which/is/not/cut = \"0123456789\\...\"\n");
    }

    @Test
    @DisplayName("C-LS-1: on a terminal too narrow for anything nothing is cut")
    void onATerminalTooNarrowForAnythingNothingIsCut() {
        for (int columns = 0; columns < 2; columns++) {
            assertThat(entry(LsLayout.terminal(false, true, columns), "b", 0, "2", "n0"))
                    .isEqualTo("b = \"2\"   (n0)\n");
        }
        assertThat(entry(LsLayout.terminal(false, true, 2), "b", 0, "2", "n0")).isEqualTo("b = \"2\\...\"  (n0)\n");
        assertThat(entry(LsLayout.terminal(false, false, 10), "b", 0, "2")).isEqualTo(" = \"\\...\"\n");
        assertThat(entry(LsLayout.terminal(false, false, 10), "tool", 1, "")).isEqualTo(" tool = \"\\...\"\n");
    }

    private static String entry(LsLayout layout, String name, int depth, String value) {
        return layout.entry(name, depth, Optional.of(Value.of(value)), Optional.empty());
    }

    private static String entry(LsLayout layout, String name, int depth, String value, String permissions) {
        return layout.entry(name, depth, Optional.of(Value.of(value)), Optional.of(permissions));
    }
}
