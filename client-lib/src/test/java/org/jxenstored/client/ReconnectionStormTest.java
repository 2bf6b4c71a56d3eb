package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Many threads on one client whose connections break at random. */
class ReconnectionStormTest {
    private static final int THREADS = 4;
    private static final int WRITES = 300;

    /** What became of a write, for its caller. */
    private enum Fate {
        DONE,
        NOT_DONE,
        UNKNOWN
    }

    private final Map<String, Fate> fates = new ConcurrentHashMap<>();

    @Test
    void everyWriteIsDoneOnceOrNotAtAllAndItsCallerIsToldTheTruth() throws Exception {
        long seed = System.nanoTime();
        System.out.println("ReconnectionStormTest: seed " + seed);
        Reconnection eager = Reconnection.standard()
                .withPauses(Duration.ofNanos(50_000), Duration.ofMillis(1))
                .withPatience(Duration.ofMinutes(1));
        try (FallingServer server = new FallingServer(seed);
                XenstoreClient client = XenstoreClient.connect(server.endpoint(), eager);
                WatchQueue queue = client.watchQueue(10)) {
            Watch watch = queue.watch("/w");
            server.mayFall(true);
            List<FutureTask<Boolean>> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                String prefix = "/" + i + "/";
                threads.add(run(() -> write(client, prefix)));
            }
            for (FutureTask<Boolean> thread : threads) {
                result(thread);
            }

            assertThat(fates).hasSize(THREADS * WRITES);
            fates.forEach((path, fate) -> {
                int times = server.writes.getOrDefault(path, 0);
                switch (fate) {
                    case DONE -> assertThat(times).as(path).isEqualTo(1);
                    case NOT_DONE -> assertThat(times).as(path).isZero();
                    case UNKNOWN -> assertThat(times).as(path).isBetween(0, 1);
                }
            });
            assertThat(fates).containsValues(Fate.DONE, Fate.UNKNOWN);
            server.mayFall(false);
            client.read("/sync");
            drain(queue);
            client.write("/again", "");
            Notification next = queue.take();
            while (!next.equals(new Notification.Event(watch, "/w"))) {
                next = queue.take();
            }
        }
    }

    private void write(XenstoreClient client, String prefix) {
        List<CompletableFuture<Void>> onTheWay = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            onTheWay.add(client.async().write(prefix + i, "v"));
            if (i % 10 == 9) {
                note(prefix, i - 9, onTheWay);
                onTheWay.clear();
            }
        }
    }

    private void note(String prefix, int first, List<CompletableFuture<Void>> writes) {
        for (int i = 0; i < writes.size(); i++) {
            fates.put(prefix + (first + i), fateOf(writes.get(i)));
        }
    }

    private static Fate fateOf(CompletableFuture<Void> write) {
        try {
            write.get(60, TimeUnit.SECONDS);
            return Fate.DONE;
        } catch (ExecutionException failure) {
            return failure.getCause() instanceof OutcomeUnknownException ? Fate.UNKNOWN : Fate.NOT_DONE;
        } catch (InterruptedException | TimeoutException nobodyAnswers) {
            throw new AssertionError(nobodyAnswers);
        }
    }

    private static void drain(WatchQueue queue) {
        while (queue.poll().isPresent()) {
            // What happened during the storm is of no interest.
        }
    }
}
