package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jxenstored.benchmarks.daemon.RunningDaemon;

/** One soak: the load on a daemon from its start, and samples at even distances. */
final class Course {
    /** How long a daemon may go on with what it was asked for before the load came to rest. */
    private static final int REST_SECONDS = 20;

    /** What a daemon keeps of guests that are gone, until the time of their events is over; see {@link Soak}. */
    private static final Duration EVENTS_ARE_OVER = Duration.ofSeconds(2);

    private final RunningDaemon daemon;
    private final JavaHeap heap;
    private final long seed;

    Course(RunningDaemon daemon, long seed) {
        this.daemon = daemon;
        this.heap = new JavaHeap(daemon.pid());
        this.seed = seed;
    }

    /**
     * Runs it.
     *
     * @param progress gets each sample as it is taken
     */
    List<Sample> run(Duration length, Duration between, Consumer<Sample> progress)
            throws IOException, InterruptedException {
        List<Sample> samples = new ArrayList<>();
        try (Road road = new Road()) {
            begin(road);
            long start = System.nanoTime();
            Duration passed = Duration.ZERO;
            while (passed.compareTo(length) < 0) {
                road.goOn(between);
                passed = Duration.ofNanos(System.nanoTime() - start);
                double minute = passed.toMillis() / 60_000.0;
                Sample sample = road.atRest(() -> sample(minute, road.steps()));
                progress.accept(sample);
                samples.add(sample);
            }
        }
        return samples;
    }

    private void begin(Road road) throws IOException {
        Path socket = daemon.socket();
        for (int i = 0; i < 2; i++) {
            road.add(new NodeTraffic(socket, "/soak/nodes" + i, seed + i));
            road.add(new TransactionTraffic(socket, "/soak/shared", seed + i));
            road.add(new WatchTraffic(socket, "/soak/watched" + i, seed + i));
        }
        road.add(new BrokenOffTraffic(socket, "/soak/vanished", seed));
        road.add(new GuestTraffic(socket, daemon.shimDirectory(), seed));
    }

    private Sample sample(double minute, long steps) throws IOException, InterruptedException {
        if (!daemon.awaitIdle(REST_SECONDS)) {
            throw new IOException("the daemon is still busy " + REST_SECONDS + " s after its clients came to rest");
        }
        TimeUnit.MILLISECONDS.sleep(EVENTS_ARE_OVER.toMillis());
        long used = heap.afterFullCollection();
        return new Sample(minute, used, daemon.residentBytes(), daemon.openFiles(), daemon.threads(), steps);
    }
}
