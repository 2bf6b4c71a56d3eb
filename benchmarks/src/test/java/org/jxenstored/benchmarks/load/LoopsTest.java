package org.jxenstored.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closed loops keep their depth, and the open loop forgives nothing. */
@Timeout(60)
final class LoopsTest {
    private static final int DEPTH = 7;
    private static final int CONNECTIONS = 3;
    private static final long WAIT_MILLIS = 10_000;
    private static final long MILLI = 1_000_000;

    /** 10,000 a second: one each 100 microseconds, 50 in all. */
    private static final double PER_SECOND = 10_000;

    private static final long INTERVAL = 100_000;
    private static final long FOR_NANOS = 5 * MILLI;

    @TempDir
    Path directory = Path.of("");

    private BatchServer server(int batch) throws IOException {
        return BatchServer.start(directory.resolve("socket"), batch);
    }

    private static Plan plan() {
        return Plan.of(Request.write("/a", "one"), Request.write("/a", "another"));
    }

    private static List<Plan> plans(int count) {
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            plans.add(plan());
        }
        return plans;
    }

    private static long atLeast(Histogram latencies, long nanos) {
        return latencies.getCountBetweenValues(nanos, latencies.getHighestTrackableValue());
    }

    @Test
    void oneConnectionHasAlwaysThatManyRequestsOnTheWay() throws IOException {
        try (BatchServer server = server(DEPTH);
                Wire wire = Wire.connect(server.socket())) {
            Load load = OneByOne.run(wire, plan(), DEPTH, 10 * MILLI);
            assertThat(server.mostWaiting()).isEqualTo(DEPTH);
            assertThat(wire.outstanding()).isZero();
            assertThat(load.depth()).isEqualTo(DEPTH);
            assertThat(load.nanos()).isGreaterThanOrEqualTo(10 * MILLI);
            assertThat(load.latencies().getTotalCount()).isEqualTo(server.received());
            assertThat(load.operations()).isBetween(1L, (long) server.received());
        }
    }

    @Test
    void eachOfManyConnectionsHasAlwaysThatManyRequestsOnTheWay() throws IOException {
        try (BatchServer server = server(DEPTH);
                Fleet fleet = Fleet.connect(server.socket(), CONNECTIONS)) {
            fleet.start();
            Load load = ClosedLoop.run(fleet, plans(CONNECTIONS), DEPTH, 10 * MILLI, WAIT_MILLIS);
            assertThat(server.mostWaiting()).isEqualTo(DEPTH);
            assertThat(fleet.wires()).allMatch(wire -> wire.outstanding() == 0);
            assertThat(load.latencies().getTotalCount()).isEqualTo(server.received());
            assertThat(load.operations()).isBetween(1L, (long) server.received());
        }
    }

    @Test
    void theOpenLoopSendsWhatIsDueAndNoMore() throws IOException {
        try (BatchServer server = server(1);
                Fleet fleet = Fleet.connect(server.socket(), CONNECTIONS)) {
            fleet.start();
            Load load = OpenLoop.run(fleet, plans(CONNECTIONS), PER_SECOND, FOR_NANOS);
            assertThat(load.operations()).isEqualTo(50);
            assertThat(server.received()).isEqualTo(50);
            assertThat(load.latencies().getTotalCount()).isEqualTo(50);
            // The last one is not sent before it is due.
            assertThat(load.nanos()).isGreaterThanOrEqualTo(49 * INTERVAL);
        }
    }

    @Test
    void whatWasDueWhileTheDaemonStalledCountsFromThen() throws IOException {
        try (BatchServer server = server(40);
                Fleet fleet = Fleet.connect(server.socket(), 1)) {
            fleet.start();
            // The other ten are never answered.
            Load load = OpenLoop.run(fleet, plans(1), PER_SECOND, FOR_NANOS);
            assertThat(load.operations()).isGreaterThanOrEqualTo(40);
            assertThat(load.latencies().getTotalCount()).isEqualTo(50);
            // The first answer came when number 39 was there, so number i waited for 39 - i intervals or more.
            assertThat(atLeast(load.latencies(), 39 * INTERVAL)).isPositive();
            assertThat(atLeast(load.latencies(), 20 * INTERVAL)).isGreaterThanOrEqualTo(20);
        }
    }

    @Test
    void whatIsNeverAnsweredCountsUntilTheEnd() throws IOException {
        try (BatchServer server = server(BatchServer.NEVER);
                Fleet fleet = Fleet.connect(server.socket(), 1)) {
            fleet.start();
            Load load = OpenLoop.run(fleet, plans(1), 2 * PER_SECOND, FOR_NANOS);
            assertThat(load.operations()).isZero();
            assertThat(fleet.wire(0).outstanding()).isEqualTo(64);
            assertThat(load.latencies().getTotalCount()).isEqualTo(100);
            // Given up after 20 times as long; the last was due in the first of these.
            assertThat(atLeast(load.latencies(), 19 * FOR_NANOS)).isEqualTo(100);
        }
    }

    @Test
    void aStallIsPaidForByThoseThatWereNotSentMeanwhile() {
        Histogram latencies = Load.histogram();
        latencies.recordValueWithCount(MILLI, 9);
        latencies.recordValue(5 * MILLI);
        // One each millisecond: those that would have waited 4, 3, 2 and 1 milliseconds are missing.
        assertThat(new Load(10, 10 * MILLI, latencies).steady().getTotalCount()).isEqualTo(14);
    }

    @Test
    void waitingForTheRequestsBeforeItIsNoStall() {
        Histogram latencies = Load.histogram();
        latencies.recordValueWithCount(16 * MILLI, 1000);
        Histogram steady = new Load(1000, 1000 * MILLI, 16, latencies).steady();
        assertThat(steady.getTotalCount()).isEqualTo(1000);
    }

    @Test
    void whatALoadSaysIsArithmetic() {
        Histogram latencies = Load.histogram();
        latencies.recordValueWithCount(2000, 3);
        Load load = new Load(3, 1_500_000_000, latencies);
        assertThat(load.perSecond()).isEqualTo(2);
        assertThat(load.medianMicros()).isBetween(2.0, 2.01);
    }
}
