package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunDirectoryTest {
    private static final Path TMP = Path.of("/tmp");

    @Test
    void theNamedDirectoryWinsForEverybody() {
        Map<String, String> environment = Map.of("XENSTORED_RUNDIR", "/r", "XDG_RUNTIME_DIR", "/run/user/7");
        assertThat(RunDirectory.of(environment, 0, TMP)).isEqualTo(new RunDirectory(Path.of("/r"), false));
        assertThat(RunDirectory.of(environment, 7, TMP)).isEqualTo(new RunDirectory(Path.of("/r"), false));
    }

    @Test
    void rootUsesTheSystemsDirectory() {
        assertThat(RunDirectory.of(Map.of("XDG_RUNTIME_DIR", "/run/user/0"), 0, TMP)
                        .socket())
                .isEqualTo(Path.of("/var/run/xenstored/socket"));
    }

    @Test
    void othersUseTheirRuntimeDirectory() {
        assertThat(RunDirectory.of(Map.of("XDG_RUNTIME_DIR", "/run/user/7"), 7, TMP)
                        .socket())
                .isEqualTo(Path.of("/run/user/7/xenstored/socket"));
    }

    @Test
    void withoutARuntimeDirectoryItIsOneBelowTmpThatMustBePrivate() {
        assertThat(RunDirectory.of(Map.of(), 7, TMP)).isEqualTo(new RunDirectory(Path.of("/tmp/xenstored-7"), true));
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        Map<String, String> environment = Map.of("XENSTORED_PATH", "", "XENSTORED_RUNDIR", "", "XDG_RUNTIME_DIR", "");
        assertThat(RunDirectory.socket(environment, 7, TMP)).isEqualTo(Path.of("/tmp/xenstored-7/socket"));
    }

    @Test
    void aNamedSocketWinsOverAllDirectories() {
        Map<String, String> environment = Map.of("XENSTORED_PATH", "/s", "XENSTORED_RUNDIR", "/r");
        assertThat(RunDirectory.socket(environment, 0, TMP)).isEqualTo(Path.of("/s"));
    }
}
