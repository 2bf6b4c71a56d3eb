package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.client.RequestFailedException;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Value;

/**
 * The file system of the state directory is full: a real one, that only the daemon sees. Who is not root mounts it in a
 * user namespace, where the kernel lets users have one.
 */
@Timeout(120)
class FullDiskTest {
    /** Half of the room is taken by a file that does not belong to the daemon. */
    private static final String ON_A_SMALL_DISK = """
            mkdir -p small
            as_root=--map-root-user
            [ "$(id -u)" -ne 0 ] || as_root=
            exec unshare $as_root --mount sh -c '
                mount -t tmpfs -o size=8m,mode=700 small small && head -c 4000000 /dev/zero > small/filler && exec "$@"
            ' sh "$@"
            """;

    private static final Value VALUE = Value.of("v".repeat(2000));

    @TempDir
    Path directory = Path.of("");

    @Test
    @DisplayName("changes are refused with EIO and said loudly, reads are served, and with room all goes on")
    void aFullDiskIsSurvived() throws Exception {
        assumeTrue(canMount(), "nobody but root can mount a file system here");
        try (DaemonProcess daemon = Launch.in(directory)
                        .by(ON_A_SMALL_DISK)
                        .with("--state", "small/state")
                        .daemon();
                XenstoreClient client = daemon.client()) {
            int written = fill(client);
            String last = "/" + (written - 1);
            assertThat(daemon.messages()).contains("no room for the journal").contains("changes are refused");
            assertThat(client.read(last).size()).isEqualTo(2000);
            assertThat(client.directory("/")).contains(Integer.toString(written - 1));
            assertThatThrownBy(() -> client.write(last, VALUE)).isInstanceOf(RequestFailedException.class);

            Files.delete(Path.of("/proc/" + daemon.pid() + "/root" + directory.resolve("small/filler")));
            client.write("/after", VALUE);
            assertThat(client.exists("/after")).isTrue();
            assertThat(daemon.messages()).contains("there is room for the journal again");
        }
    }

    private boolean canMount() throws IOException, InterruptedException {
        return new ProcessBuilder("/bin/sh", "-c", ON_A_SMALL_DISK, "sh", "true")
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** Writes until it is refused; returns how many nodes there are. */
    private static int fill(XenstoreClient client) {
        for (int i = 0; i < 10_000; i++) {
            try {
                client.write("/" + i, VALUE);
            } catch (RequestFailedException refused) {
                assertThat(refused.errno()).isEqualTo(Errno.EIO);
                return i;
            }
        }
        throw new AssertionError("20 MB were written to a disk of 8 MB");
    }
}
