package org.jxenstored.xen.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibrariesTest {
    @Test
    void aLibraryIsFoundByItsFileName() {
        SymbolLookup library = Libraries.INSTALLED.load("libc.so.6").orElseThrow();
        assertThat(NativeFunction.find(library, "getpid").orElseThrow().toInt(0, 0, 0))
                .isEqualTo((int) ProcessHandle.current().pid());
        assertThat(NativeFunction.find(library, "no_such_function")).isEmpty();
    }

    @Test
    void aLibraryThatIsNotInstalledIsNotFound() {
        assertThat(Libraries.INSTALLED.load("libxenctrl.so.4.2")).isEmpty();
        assertThat(Libraries.INSTALLED.whyNot("libxenctrl.so.4.2"))
                .contains("libxenctrl.so.4.2", "No such file or directory");
    }

    @Test
    void aFileThatIsNoLibraryIsNotCalledMissing(@TempDir Path directory) throws IOException {
        String file = Files.writeString(directory.resolve("libxenctrl.so.4.2"), "text")
                .toString();
        assertThat(Libraries.INSTALLED.load(file)).isEmpty();
        assertThat(Libraries.INSTALLED.whyNot(file)).contains(file).doesNotContain("No such file");
    }

    @Test
    void aLibraryThatCanBeLoadedHasNoReasonAgainstIt() {
        assertThat(Libraries.INSTALLED.whyNot("libc.so.6")).contains("does not say why");
    }
}
