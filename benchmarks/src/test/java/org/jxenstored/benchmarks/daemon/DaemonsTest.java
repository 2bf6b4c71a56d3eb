package org.jxenstored.benchmarks.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.GuestSession;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;

/** The peers and the echo server as processes. This project's daemon has tests of its own. */
final class DaemonsTest {
    private static final int PATIENCE_SECONDS = 60;

    private static Daemons daemons(Kind kind) throws IOException, InterruptedException {
        Daemons daemons = Daemons.ofThisCheckout();
        Optional<String> missing = daemons.missing(kind);
        required(missing.isEmpty(), missing.orElse(""));
        return daemons;
    }

    /** What is missing skips a test; where CI is set, it fails. */
    private static void required(boolean there, String missing) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(there, missing);
        } else {
            Assumptions.assumeTrue(there, missing);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"C", "OCAML"})
    void aPeerStartsAnswersAndLeavesNothing(Kind kind) throws Exception {
        Daemons.Started started = daemons(kind).startTimed(kind, Options.DEFAULT.pinnedTo(0));
        RunningDaemon daemon = started.daemon();
        try (daemon) {
            assertThat(started.untilAnswered()).isPositive();
            assertThat(daemon.isAlive()).isTrue();
            assertThat(daemon.residentBytes()).isGreaterThan(1 << 20);
            assertThat(daemon.cpuTime()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(daemon.awaitIdle(PATIENCE_SECONDS)).isTrue();
            assertThat(Files.readString(Path.of("/proc/" + daemon.pid() + "/status")))
                    .containsPattern("Cpus_allowed_list:\\s+0\n");
            try (Wire client = Wire.connect(daemon.socket())) {
                client.call(Request.write("/a", "b"));
                client.call(Request.read("/a", "b"));
            }
        }
        assertThat(daemon.isAlive()).isFalse();
        assertThat(daemon.runDirectory()).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"C", "OCAML"})
    void aGuestLivesAtAPeer(Kind kind) throws Exception {
        try (RunningDaemon daemon = daemons(kind).start(kind, Options.DEFAULT)) {
            GuestSession.live(daemon.socket(), daemon.shimDirectory());
        }
    }

    @Test
    void aDaemonThatDoesNotStartIsToldOfWithItsOwnWords() throws Exception {
        Daemons daemons = daemons(Kind.C);
        assertThatThrownBy(() -> daemons.start(Kind.C, Options.DEFAULT.with("--help")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exit code")
                .hasMessageContaining("--trace-file");
    }

    @Test
    void timeOfAProcessorIsCounted() {
        long ourselves = ProcessHandle.current().pid();
        await().until(() -> {
            Thread.onSpinWait();
            return ProcessFigures.cpuTime(ourselves).isPositive();
        });
    }

    @Test
    void theEchoServerAnswersEachRequest() throws Exception {
        required(Files.isExecutable(Path.of("/usr/bin/gcc")), "there is no gcc to build the echo server with");
        try (EchoServer echo = EchoServer.start(OptionalInt.of(0));
                SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(echo.socket()))) {
            ByteBuffer message = ByteBuffer.allocate(256);
            new Header(MessageType.READ.number(), 1, 0, 2).write(message);
            message.put((byte) '/').put((byte) 0);
            new Header(MessageType.GET_QUOTA.number(), 2, 3, 0).write(message);
            message.flip();
            int end = message.limit();
            // Cut within a header and within a payload.
            for (int cut : new int[] {7, 17, 20, end}) {
                client.write(message.limit(cut));
            }
            message.clear().limit(17 + 19);
            while (message.hasRemaining()) {
                assertThat(client.read(message)).isPositive();
            }
            message.flip();
            assertThat(Header.read(message)).isEqualTo(new Header(MessageType.READ.number(), 1, 0, 1));
            assertThat(message.get()).isEqualTo((byte) 'x');
            assertThat(Header.read(message)).isEqualTo(new Header(MessageType.GET_QUOTA.number(), 2, 3, 3));
        }
    }
}
