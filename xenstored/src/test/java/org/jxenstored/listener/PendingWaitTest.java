package org.jxenstored.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.hypervisor.PendingSource;

/** The event loop's wait on a pipe of which each byte is a port that fired. */
@Timeout(60)
class PendingWaitTest {
    private final List<Integer> fired = new CopyOnWriteArrayList<>();
    private final List<String> threads = new CopyOnWriteArrayList<>();
    private EventLoopThread loop;
    private Pipe pipe;

    /** Reads one byte at a time. */
    private static final class Pipe implements PendingSource {
        private final AtomicInteger reads = new AtomicInteger();
        private final FileDescriptor out;
        private final FileDescriptor in;
        volatile boolean breaks;

        Pipe() throws IOException {
            FileDescriptor[] ends = FileDescriptor.pipe();
            out = ends[0];
            in = ends[1];
        }

        void fire(int... ports) throws IOException {
            for (int port : ports) {
                ByteBuffer one = ByteBuffer.allocateDirect(1).put((byte) port).flip();
                assertThat(in.write(one, 0, 1)).isEqualTo(1);
            }
        }

        @Override
        public int descriptor() {
            return out.intValue();
        }

        @Override
        public Outcome read(PendingListener listener) {
            reads.incrementAndGet();
            if (breaks) {
                return Outcome.BROKEN;
            }
            try {
                ByteBuffer one = ByteBuffer.allocateDirect(1);
                if (out.read(one, 0, 1) <= 0) {
                    return Outcome.NOTHING;
                }
                listener.pending(one.get(0));
                return Outcome.REPORTED;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void open() throws IOException {
        assumeTrue(Epoll.isAvailable());
        loop = EventLoopThread.start();
        pipe = new Pipe();
    }

    @AfterEach
    void close() throws IOException {
        if (loop != null) {
            loop.close();
            pipe.in.close();
            pipe.out.close();
        }
    }

    private void pending(int port) {
        threads.add(Thread.currentThread().getName());
        fired.add(port);
    }

    private Optional<PendingWait> wait(EventLoopThread by, PendingListener listener) {
        return by.group()
                .next()
                .submit(() -> by.await(pipe, listener))
                .syncUninterruptibly()
                .getNow();
    }

    /** The loop has looked at everything that was ready before. */
    private void turns() {
        for (int i = 0; i < 20; i++) {
            loop.group().next().submit(() -> {}).syncUninterruptibly();
        }
    }

    @Test
    void whatFiresIsReportedOnTheLoopsThread() throws IOException {
        assertThat(wait(loop, this::pending)).isPresent();
        pipe.fire(7);
        await().untilAsserted(() -> assertThat(fired).containsExactly(7));
        assertThat(threads).singleElement().satisfies(name -> assertThat(name).startsWith("xenstored"));
    }

    @Test
    void whatIsLeftUnreadIsReadNext() throws IOException {
        pipe.fire(1, 2, 3);
        wait(loop, this::pending);
        await().untilAsserted(() -> assertThat(fired).containsExactly(1, 2, 3));
    }

    @Test
    void afterItIsClosedNothingIsReadAndTheDescriptorIsStillOpen() throws IOException {
        PendingWait wait = wait(loop, this::pending).orElseThrow();
        loop.group().next().submit(wait::close).syncUninterruptibly();
        loop.group().next().submit(wait::close).syncUninterruptibly();
        pipe.fire(1);
        turns();
        assertThat(pipe.reads).hasValue(0);
        assertThat(pipe.read(this::pending)).isEqualTo(PendingSource.Outcome.REPORTED);
    }

    @Test
    void theDescriptorMayBeWaitedForAgain() throws IOException {
        PendingWait first = wait(loop, this::pending).orElseThrow();
        loop.group().next().submit(first::close).syncUninterruptibly();
        assertThat(wait(loop, this::pending)).isPresent();
        pipe.fire(5);
        await().untilAsserted(() -> assertThat(fired).containsExactly(5));
    }

    @Test
    void whoListensMayEndTheWait() throws IOException {
        PendingWait[] wait = new PendingWait[1];
        pipe.fire(1, 2);
        var _ = loop.group()
                .next()
                .submit(() -> {
                    wait[0] = loop.await(pipe, port -> {
                                pending(port);
                                wait[0].close();
                            })
                            .orElseThrow();
                })
                .syncUninterruptibly();
        await().untilAsserted(() -> assertThat(fired).containsExactly(1));
        turns();
        assertThat(fired).containsExactly(1);
    }

    @Test
    void aSourceThatBreaksIsNotReadAgain() throws IOException {
        pipe.breaks = true;
        pipe.fire(1);
        wait(loop, this::pending);
        await().untilAsserted(() -> assertThat(pipe.reads).hasValue(1));
        turns();
        assertThat(pipe.reads).hasValue(1);
    }

    @Test
    void aDescriptorThatIsReadyForNothingDoesNotKeepTheLoopBusy() throws IOException {
        wait(loop, this::pending);
        pipe.in.close();
        await().untilAsserted(() -> assertThat(pipe.reads).hasValue(1));
        turns();
        assertThat(pipe.reads).hasValue(1);
    }

    @Test
    void aDefectOfTheListenerEndsNothing() throws IOException {
        wait(loop, port -> {
            pending(port);
            throw new IllegalStateException("a defect that the test makes");
        });
        pipe.fire(1, 2);
        await().untilAsserted(() -> assertThat(fired).containsExactly(1, 2));
    }

    @Test
    void theLoopEndsThoughItStillWaits() {
        wait(loop, this::pending);
        loop.close();
        assertThat(loop.group().isTerminated()).isTrue();
        assertThat(pipe.out.isOpen()).isTrue();
    }

    @Test
    void aLoopWithoutEpollAndADescriptorThatIsNeverReadyAreRefused(@TempDir Path directory) throws IOException {
        try (EventLoopThread nio = EventLoopThread.startNio()) {
            assertThat(wait(nio, this::pending)).isEmpty();
        }
        FileDescriptor file =
                FileDescriptor.from(Files.createFile(directory.resolve("file")).toFile());
        PendingSource ofFile = new PendingSource() {
            @Override
            public int descriptor() {
                return file.intValue();
            }

            @Override
            public Outcome read(PendingListener listener) {
                return Outcome.NOTHING;
            }
        };
        Optional<PendingWait> refused = loop.group()
                .next()
                .submit(() -> loop.await(ofFile, this::pending))
                .syncUninterruptibly()
                .getNow();
        assertThat(refused).isEmpty();
        file.close();
    }
}
