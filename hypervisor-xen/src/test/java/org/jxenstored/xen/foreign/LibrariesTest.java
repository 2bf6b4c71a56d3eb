package org.jxenstored.xen.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.SymbolLookup;
import org.junit.jupiter.api.Test;

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
    }
}
