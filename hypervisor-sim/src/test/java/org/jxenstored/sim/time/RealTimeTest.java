package org.jxenstored.sim.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class RealTimeTest {
    private final RealTime time = new RealTime();
    private final CountDownLatch done = new CountDownLatch(1);

    @AfterEach
    void close() {
        time.close();
    }

    @Test
    @DisplayName("what is to run soon runs in the order of the calls")
    void soonKeepsTheOrder() throws Exception {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            time.soon().execute(() -> ran.add(number));
        }
        time.soon().execute(done::countDown);
        done.await();
        assertThat(ran)
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    @DisplayName("work that fails does not keep the next from running")
    void failedWorkIsNotTheEnd() throws Exception {
        time.soon().execute(() -> {
            throw new IllegalStateException("meant to fail");
        });
        time.after(Duration.ZERO, () -> {
            throw new IllegalStateException("meant to fail, too");
        });
        time.soon().execute(done::countDown);
        done.await();
        assertThat(done.getCount()).isZero();
    }

    @Test
    @DisplayName("an alarm that is cancelled does not ring; others do, in the order of their times")
    void alarms() throws Exception {
        List<String> rang = new ArrayList<>();
        CountDownLatch worker = new CountDownLatch(1);
        time.soon().execute(() -> awaitUninterrupted(worker));
        SimTime.Alarm cancelled = time.after(Duration.ZERO, () -> rang.add("cancelled"));
        time.after(Duration.ofMillis(1), () -> rang.add("first"));
        time.after(Duration.ofMillis(2), () -> rang.add("second"));
        time.after(Duration.ofMillis(3), done::countDown);
        cancelled.cancel();
        worker.countDown();
        done.await();
        assertThat(rang).containsExactly("first", "second");
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    @Test
    @DisplayName("a program runs on a virtual thread of this name and may block there")
    void programsMayBlock() throws Exception {
        List<Thread> ran = new ArrayList<>();
        Thread program = time.start("guest-7", () -> ran.add(Thread.currentThread()));
        program.join();
        assertThat(ran)
                .hasSize(1)
                .allMatch(Thread::isVirtual)
                .allMatch(thread -> thread.getName().equals("guest-7"));
    }
}
