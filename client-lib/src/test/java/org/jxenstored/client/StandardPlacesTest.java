package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("C-LIB-1: where a server is looked for")
class StandardPlacesTest {
    @TempDir
    private Path tmp;

    private static Endpoint socket(String path) {
        return new Endpoint.UnixSocket(Path.of(path));
    }

    private Endpoint lookUp(Map<String, String> environment, long uid, Path... devices) {
        return StandardPlaces.of(environment, uid, tmp, List.of(devices));
    }

    @Test
    void theNamedPathIsTheOnlyPlace() throws Exception {
        Path device = Files.createFile(tmp.resolve("xenbus"));
        assertThat(lookUp(Map.of("XENSTORED_PATH", "/s", "XENSTORED_RUNDIR", "/r"), 0, device))
                .isEqualTo(socket("/s"));
    }

    @Test
    void aNamedPathThatIsADeviceIsOpenedAsOne() {
        assertThat(lookUp(Map.of("XENSTORED_PATH", "/dev/null"), 0))
                .isEqualTo(new Endpoint.Device(Path.of("/dev/null")));
    }

    @Test
    void theSocketOfTheRunDirectoryComesFirstAndTheFirstDeviceThatExistsSecond() throws Exception {
        Path missing = tmp.resolve("missing");
        Path first = Files.createFile(tmp.resolve("first"));
        Path second = Files.createFile(tmp.resolve("second"));
        assertThat(lookUp(Map.of("XENSTORED_RUNDIR", "/r"), 0, missing, first, second))
                .isEqualTo(new Endpoint.FirstOf(List.of(socket("/r/socket"), new Endpoint.Device(first))));
    }

    @Test
    void withoutADeviceTheSocketIsTheOnlyPlace() {
        assertThat(lookUp(Map.of(), 0, tmp.resolve("missing"))).isEqualTo(socket("/var/run/xenstored/socket"));
    }

    @Test
    void aPrivateDirectoryBelowTmpIsUsed() throws Exception {
        long uid = ((Number) Files.getAttribute(tmp, "unix:uid")).longValue();
        long notRoot = uid == 0 ? 1 : uid;
        Path directory = Files.createDirectory(tmp.resolve("xenstored-" + notRoot));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Files.setAttribute(directory, "unix:uid", (int) notRoot);
        assertThat(lookUp(Map.of(), notRoot)).isEqualTo(new Endpoint.UnixSocket(directory.resolve("socket")));
    }

    @Test
    void aDirectoryBelowTmpThatOthersCanOpenIsRefused() throws Exception {
        Path directory = Files.createDirectory(tmp.resolve("xenstored-4711"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> lookUp(Map.of(), 4711))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining("0700");
    }

    @Test
    void aLinkBelowTmpIsRefused() throws Exception {
        Files.createSymbolicLink(tmp.resolve("xenstored-4711"), tmp);
        assertThatThrownBy(() -> lookUp(Map.of(), 4711)).isInstanceOf(ConnectFailedException.class);
    }

    @Test
    void thisProcessHasAPlace() {
        assertThat(Endpoint.standard()).isNotNull();
    }
}
