package org.jxenstored.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.listener.EventLoopThread;

/** Guests of the machine of files at this project's daemon, which waits for its event channels in both ways. */
@ParameterizedClass(name = "epoll: {0}")
@ValueSource(booleans = {true, false})
final class RingGuestTest {
    @TempDir
    Path directory = Path.of("");

    private final EventLoopThread loop;
    private @Nullable InProcessDaemon daemon;

    RingGuestTest(boolean epoll) {
        loop = epoll ? EventLoopThread.start() : EventLoopThread.startNio();
    }

    private Path socket() {
        return Objects.requireNonNull(daemon).socket();
    }

    private Path machineDirectory() {
        return Objects.requireNonNull(daemon).machine();
    }

    @BeforeEach
    void startTheDaemon() throws Exception {
        daemon = InProcessDaemon.start(directory, loop);
    }

    @AfterEach
    void stopTheDaemon() {
        if (daemon != null) {
            daemon.close();
        }
    }

    @Test
    void aGuestLives() throws Exception {
        GuestSession.live(socket(), machineDirectory());
        boolean ofItsOwn = Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("event-channels"));
        assertThat(ofItsOwn).isNotEqualTo(loop.isEpoll());
    }

    @Test
    void nothingOfADestroyedGuestIsLeft() throws Exception {
        try (Wire toolstack = Wire.connect(socket())) {
            GuestSession.connect(machineDirectory(), 3, toolstack).close();
        }
        MachineFiles files = new MachineFiles(machineDirectory());
        assertThat(files.domain(3)).doesNotExist();
        assertThat(files.ring(3)).doesNotExist();
        assertThat(files.events(3)).doesNotExist();
    }

    @Test
    void aGuestThatIsRefusedIsNotLeftBehind() {
        assertThatThrownBy(() -> RingGuest.connect(machineDirectory(), 3, (_, _, _) -> {
                    throw new IllegalStateException("refused");
                }))
                .hasMessage("refused");
        assertThat(new MachineFiles(machineDirectory()).domain(3)).doesNotExist();
    }

    @Test
    void whoWaitsInAGuestThatIsDestroyedIsWoken() throws Exception {
        RingGuest guest;
        try (Wire toolstack = Wire.connect(socket())) {
            guest = GuestSession.connect(machineDirectory(), 3, toolstack);
        }
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                while (true) {
                    guest.read(ByteBuffer.allocate(1));
                }
            } catch (IOException | RuntimeException e) {
                failure.complete(e);
            }
        });
        await().until(() -> waits(reader));
        guest.close();
        assertThat(failure.get()).isInstanceOf(ClosedChannelException.class);
        reader.join();
    }

    private static boolean waits(Thread thread) {
        return List.of(thread.getStackTrace()).stream()
                .anyMatch(frame -> frame.getMethodName().equals("hear"));
    }
}
