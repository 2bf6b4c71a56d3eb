package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.sim.time.SimTime.Alarm;

@DisplayName("Virtual time")
final class VirtualTimeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final List<String> seen = new ArrayList<>();

    private void note(String what) {
        seen.add(time.millis() + " " + what);
    }

    private void letOthersGoOn() {
        try {
            time.sleep(Duration.ZERO);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Thread startSleeper(VirtualTime on, String name, int millis) {
        return on.start(name, () -> {
            try {
                on.sleep(Duration.ofMillis(millis));
                note(name);
            } catch (InterruptedException e) {
                note(name + " interrupted");
            }
        });
    }

    @Test
    void sleepersWakeUpInTheOrderOfTime() throws Exception {
        startSleeper(time, "late", 30);
        startSleeper(time, "early", 10);
        startSleeper(time, "middle", 20);
        time.settle();
        assertThat(seen).isEmpty();
        time.pass(HOUR);
        assertThat(time.millis()).isEqualTo(HOUR.toMillis());
        assertThat(seen).containsExactly("10 early", "20 middle", "30 late");
    }

    @Test
    void alarmsOfOneMomentRingInTheOrderTheyWereSet() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            var _ = time.after(Duration.ofMillis(5), () -> note(name));
        }
        Alarm cancelled = time.after(Duration.ofMillis(5), () -> note("cancelled"));
        cancelled.cancel();
        time.pass(Duration.ofMillis(4));
        assertThat(seen).isEmpty();
        time.pass(Duration.ofMillis(1));
        assertThat(seen).containsExactly("5 a", "5 b", "5 c", "5 d");
    }

    @Test
    void aSleeperCanBeInterrupted() throws Exception {
        Thread sleeper = startSleeper(time, "sleeper", 1000);
        time.settle();
        sleeper.interrupt();
        time.settle();
        assertThat(seen).containsExactly("0 sleeper interrupted");
    }

    @Test
    void aProgramThatWaitsForAnotherDoesNotKeepTimeFromPassing() throws Exception {
        BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
        time.start("waiting", () -> {
            try {
                note(queue.take());
            } catch (InterruptedException e) {
                note("interrupted");
            }
        });
        time.pass(HOUR);
        assertThat(seen).isEmpty();
        assertThat(time.running()).containsExactly("waiting");
        queue.add("news");
        time.settle();
        assertThat(seen).containsExactly(HOUR.toMillis() + " news");
        assertThat(time.running()).isEmpty();
    }

    @Test
    void threadsThatAThreadStartsBelongHereToo() throws Exception {
        AtomicReference<Thread> carrier = new AtomicReference<>();
        String result = time.call("parent", () -> {
            CompletableFuture<String> answer = new CompletableFuture<>();
            var _ = Thread.ofVirtual().start(() -> {
                carrier.set(VirtualThreads.carrier());
                answer.complete("from the child");
            });
            return answer.get();
        });
        assertThat(result).isEqualTo("from the child");
        assertThat(carrier).hasValue(Thread.currentThread());
    }

    @Test
    void aProgramCanWaitUntilAllOthersRest() throws Exception {
        time.start("other", () -> {
            for (int i = 0; i < 3; i++) {
                letOthersGoOn();
                note("other " + i);
            }
        });
        time.call("waiting", () -> {
            time.settle();
            note("rest");
            time.pass(Duration.ofSeconds(2));
            note("later");
            return true;
        });
        assertThat(seen).containsExactly("0 other 0", "0 other 1", "0 other 2", "0 rest", "2000 later");
    }

    @Test
    void whatNeverComesTrueFails() {
        assertThatThrownBy(() -> time.until(() -> false, Duration.ofSeconds(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PT3S");
        assertThat(time.millis()).isEqualTo(3000);
    }

    @Test
    void aCallThatWaitsForeverFailsAndShowsWhere() {
        assertThatThrownBy(() -> time.call("hopeless", () -> {
                    new CountDownLatch(1).await();
                    return true;
                }))
                .hasMessageContaining("hopeless")
                .satisfies(failure -> assertThat(failure.getSuppressed()[0].getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("await")));
    }

    @Test
    void whoGoesRoundInCirclesIsNamed() {
        time.start("whirl", () -> {
            while (true) {
                letOthersGoOn();
            }
        });
        assertThatThrownBy(time::settle).hasMessageContaining("in circles").hasMessageContaining("whirl");
    }

    @Test
    void aThreadFromOutsideIsNoticed() throws Exception {
        Thread stranger =
                Thread.ofPlatform().name("stranger").start(() -> time.soon().execute(() -> note("stray")));
        stranger.join();
        assertThatThrownBy(time::settle).isInstanceOf(AssertionError.class).hasMessageContaining("stranger");
    }

    @Test
    void aProgramThatFailsFailsTheTest() {
        time.start("clumsy", () -> {
            throw new IllegalStateException("stumbled");
        });
        assertThatThrownBy(time::settle).hasMessageContaining("clumsy").hasMessageContaining("stumbled");
    }

    /** Four programs at the same moment; in which order did they come? */
    private List<String> order(VirtualTime shuffled) throws InterruptedException {
        List<String> order = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            shuffled.start(name, () -> order.add(name));
        }
        shuffled.settle();
        return order;
    }

    @Test
    void aSeedDecidesTheOrderOfWhatIsDueAtOnce() throws Exception {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 100; seed++) {
            VirtualTime once = new VirtualTime(seed);
            VirtualTime again = new VirtualTime(seed);
            List<String> order = order(once);
            assertThat(order(again)).isEqualTo(order);
            assertThat(again.hash()).isEqualTo(once.hash());
            orders.add(order);
        }
        assertThat(orders).as("all orders of four").hasSize(24);
    }

    @Test
    void notificationsKeepTheirOrderWhateverTheSeed() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            VirtualTime shuffled = new VirtualTime(seed);
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int number = i;
                shuffled.soon().execute(() -> order.add(number));
            }
            shuffled.settle();
            assertThat(order).containsExactly(0, 1, 2, 3, 4);
        }
    }
}
