package org.jxenstored.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("S-RUN-5: directories are made if missing")
class SafeDirectoryTest {
    @TempDir
    Path base;

    private Path shared;

    @BeforeEach
    void makeAPlaceWhereEverybodyWrites() throws IOException {
        shared = Files.createDirectory(base.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aMissingDirectoryIsMadePrivateAndThoseAboveItForAllToRead() throws IOException {
        SafeDirectory.ensure(base.resolve("a/b"), false);

        assertThat(mode(base.resolve("a/b"))).isEqualTo("rwx------");
        assertThat(mode(base.resolve("a"))).isEqualTo("rwxr-xr-x");
    }

    @Test
    void othersGetThroughWhereTheyHaveToAndNoLongerThan() throws IOException {
        Path run = base.resolve("run");

        SafeDirectory.ensure(run, false, true);
        assertThat(mode(run)).isEqualTo("rwx--x--x");
        SafeDirectory.ensure(run, false, false);
        assertThat(mode(run)).isEqualTo("rwx------");
        SafeDirectory.ensure(run, false, true);
        assertThat(mode(run)).isEqualTo("rwx--x--x");
    }

    @Test
    void whereEverybodyWritesNothingOfOursIsSafe() throws IOException {
        assertThatIOException()
                .isThrownBy(() -> SafeDirectory.ensure(shared, false))
                .withMessageContaining("everybody can write to " + shared);
        assertThat(mode(shared)).as("it is not ours to change").isEqualTo("rwxrwxrwx");

        Files.setAttribute(shared, "unix:mode", 01777);
        SafeDirectory.ensure(shared, false);
        assertThat(mode(shared)).isEqualTo("rwxrwxrwx");
    }

    @Test
    void aPrivateDirectoryIsMadePrivate() throws IOException {
        SafeDirectory.ensure(shared.resolve("mine"), true);

        assertThat(mode(shared.resolve("mine"))).isEqualTo("rwx------");
    }

    @Test
    void anOpenDirectoryOfOursIsClosed() throws IOException {
        Path open = Files.createDirectory(shared.resolve("mine"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        SafeDirectory.ensure(open, true);

        assertThat(mode(open)).isEqualTo("rwx------");
    }

    @Test
    void aDirectoryThatIsThereStaysAsItIs() throws IOException {
        Path there = Files.createDirectory(base.resolve("there"));
        Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("rwxrwx---"));

        SafeDirectory.ensure(there, false);

        assertThat(mode(there)).isEqualTo("rwxrwx---");
    }

    @Test
    void aLinkWhereEverybodyWritesIsATrap() throws IOException {
        Path link = Files.createSymbolicLink(shared.resolve("link"), Files.createDirectory(base.resolve("target")));

        assertThatIOException()
                .isThrownBy(() -> SafeDirectory.ensure(link, false))
                .withMessageContaining(link.toString())
                .withMessageContaining("XENSTORED_RUNDIR");
    }

    @Test
    void aDirectoryOfSomebodyElseWhereEverybodyWritesIsATrap() throws IOException {
        Path theirs = Files.createDirectory(shared.resolve("theirs"));
        Assumptions.assumeTrue(Surroundings.current().uid() == 0, "only root can give a directory away");
        Files.setAttribute(theirs, "unix:uid", 65534);

        assertThatIOException()
                .isThrownBy(() -> SafeDirectory.ensure(theirs, false))
                .withMessageContaining("belongs to");
    }

    @Test
    void aFileInTheWayIsNamed() throws IOException {
        Path file = Files.createFile(base.resolve("file"));

        assertThatIOException()
                .isThrownBy(() -> SafeDirectory.ensure(file, false))
                .withMessageContaining("cannot make the directory " + file);
    }
}
