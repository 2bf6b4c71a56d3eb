package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LsToolTest {
    private final FakeStore store =
            new FakeStore().with("/tool/xenstored", "").with("/b", "2\n").with("/a/x", "\u00ff");

    @Test
    @DisplayName("C-T-1: the four layouts, depth first in the server's order")
    void theFourLayouts() {
        assertThat(ls()).isEqualTo(new ToolRun(0, """
                tool = ""
                 xenstored = ""
                b = "2\\n"
                a = ""
                 x = "\\xff"
                """, ""));
        assertThat(ls("-p").out()).isEqualTo("""
                tool = ""  . . . . . . . . . . . . . . . . . . . . . . . . .  (n0)
                 xenstored = ""  . . . . . . . . . . . . . . . . . . . . . .  (n0)
                b = "2\\n"  . . . . . . . . . . . . . . . . . . . . . . . . .  (n0)
                a = "" . . . . . . . . . . . . . . . . . . . . . . . . . . .  (n0)
                 x = "\\xff"  . . . . . . . . . . . . . . . . . . . . . . . .  (n0)
                """);
        assertThat(ls("-f").out()).isEqualTo("""
                /tool = ""
                /tool/xenstored = ""
                /b = "2\\n"
                /a = ""
                /a/x = "\\xff"
                """);
        assertThat(ls("-pf").out()).isEqualTo("""
                /tool = ""   (n0)
                /tool/xenstored = ""   (n0)
                /b = "2\\n"   (n0)
                /a = ""   (n0)
                /a/x = "\\xff"   (n0)
                """);
    }

    @Test
    @DisplayName("clients.md 3.6: only what is below the paths is printed, one after the other")
    void onlyWhatIsBelowThePathsIsPrinted() {
        assertThat(ls("/a", "/tool", "/b").out()).isEqualTo("x = \"\\xff\"\nxenstored = \"\"\n");
        assertThat(ls("-f", "/a").out()).isEqualTo("/a/x = \"\\xff\"\n");
    }

    @Test
    @DisplayName("C-LS-1: the width is that of the terminal")
    void theWidthIsThatOfTheTerminal() {
        assertThat(ToolRun.onTerminal(14, store, "xenstore-ls", "/tool").out()).isEqualTo("xens = \"\"\n");
    }

    @Test
    @DisplayName("C-LS-5: a missing path is an error, after what was printed before it")
    void aMissingPathIsAnError() {
        ToolRun run = ls("/a", "/missing", "/b");
        assertThat(run).isEqualTo(new ToolRun(1, "x = \"\\xff\"\n", "xenstore-ls: cannot list /missing: ENOENT\n"));
    }

    @Test
    @DisplayName("C-LS-5: a node that disappears on the way is skipped")
    void aNodeThatDisappearsIsSkipped() {
        store.vanishing.add("/tool");
        assertThat(ls()).isEqualTo(new ToolRun(0, "tool = \"\"\nb = \"2\\n\"\na = \"\"\n x = \"\\xff\"\n", ""));
    }

    @Test
    @DisplayName("C-LS-2, C-LS-6: what cannot be read is left out of its entry")
    void whatCannotBeReadIsLeftOut() {
        store.unreadable.add("/b");
        store.hiddenPermissions.add("/a/x");
        ToolRun run = ls("-fp");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\n/b:\n  (n0)\n").endsWith("\n/a/x = \"\\xff\" \n");
        assertThat(run.err()).isEqualTo("xenstore-ls: cannot read the permissions of /a/x: EACCES\n");
    }

    private ToolRun ls(String... words) {
        return ToolRun.on(store, "xenstore-ls", words);
    }
}
