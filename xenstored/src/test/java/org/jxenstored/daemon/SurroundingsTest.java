package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("S-RUN-4, S-RUN-6: where the socket and the files are")
class SurroundingsTest {
    private static Surroundings of(long uid, Map<String, String> environment) {
        return new Surroundings(environment, uid, Path.of("/tmp"), Path.of("/home/me"));
    }

    @Test
    void rootUsesTheSystemsDirectories() {
        Surroundings root = of(0, Map.of("XDG_RUNTIME_DIR", "/run/user/0"));

        assertThat(root.socket()).hasToString("/var/run/xenstored/socket");
        assertThat(root.directories())
                .isEqualTo(new Directories(Path.of("/var/run/xenstored"), Path.of("/var/lib/xen/xenstore"), true));
    }

    @Test
    void aUserUsesTheirRuntimeDirectory() {
        Surroundings user = of(1000, Map.of("XDG_RUNTIME_DIR", "/run/user/1000"));

        assertThat(user.socket()).hasToString("/run/user/1000/xenstored/socket");
        assertThat(user.directories().lib()).hasToString("/run/user/1000/xenstored");
    }

    @Test
    void aUserWithoutRuntimeDirectoryGetsAPrivateOneAmongTheTemporaryFiles() {
        Directories directories = of(1000, Map.of()).directories();

        assertThat(directories.run()).hasToString("/tmp/xenstored-1000");
        assertThat(directories.standard()).isTrue();
    }

    @Test
    void theRunDirectoryMovesTheSocket() {
        assertThat(of(0, Map.of("XENSTORED_RUNDIR", "run")).socket()).hasToString("/home/me/run/socket");
    }

    @Test
    void theSocketMayBeElsewhere() {
        Surroundings moved = of(0, Map.of("XENSTORED_RUNDIR", "/r", "XENSTORED_PATH", "/s/xs"));

        assertThat(moved.socket()).hasToString("/s/xs");
        assertThat(moved.directories().run()).hasToString("/r");
        assertThat(moved.directories().standard())
                .as("its mode is the user's business")
                .isFalse();
    }

    @Test
    void theProcessItselfHasSurroundings() {
        assertThat(Surroundings.current().workingDirectory()).isAbsolute();
    }
}
