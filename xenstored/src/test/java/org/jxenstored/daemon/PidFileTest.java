package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("semantics 14.1, --pid-file")
class PidFileTest {
    @TempDir
    Path directory;

    @Test
    void theProcessIdAndANewlineAreWrittenForTheOwnerOnly() throws IOException, StartException {
        Path file = directory.resolve("pid");

        try (PidFile _ = PidFile.claim(file, 1234).orElseThrow()) {
            assertThat(file).hasContent("1234\n");
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void whatADeadDaemonLeftIsOverwritten() throws IOException, StartException {
        Path file = Files.writeString(directory.resolve("pid"), "987654321\n");

        try (PidFile _ = PidFile.claim(file, 5).orElseThrow()) {
            assertThat(Files.readString(file)).isEqualTo("5\n");
        }
    }

    @Test
    void aFileThatIsLockedCannotBeClaimedAndKeepsItsContent() throws IOException, StartException {
        Path file = directory.resolve("pid");

        try (PidFile _ = PidFile.claim(file, 1).orElseThrow()) {
            assertThat(PidFile.claim(file, 2)).isEmpty();
            assertThat(Files.readString(file)).isEqualTo("1\n");
        }
    }

    @Test
    void theFileIsGoneAfterwards() throws StartException {
        Path file = directory.resolve("pid");

        PidFile.claim(file, 1).orElseThrow().close();

        assertThat(file).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> PidFile.claim(directory.resolve("missing/pid"), 1))
                .withMessage("--pid-file " + directory + "/missing/pid: cannot write it (no such directory)");
    }
}
