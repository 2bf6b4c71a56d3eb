package org.jxenstored.benchmarks.workload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.FileDomain;
import org.jxenstored.benchmarks.machine.InProcessDaemon;
import org.jxenstored.benchmarks.report.RowId;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** Each kind of work, once and short, at this project's daemon: it fills its rows and cleans up. */
@Timeout(120)
final class WorkloadsTest {
    private static final long NANOS = 30_000_000;
    private static final long WAIT_MILLIS = 10_000;

    /** Where the nodes are that all work shares; they stay. */
    private static final String SHARED = "/local/domain/777";

    @TempDir
    Path directory = Path.of("");

    private @Nullable InProcessDaemon started;

    @BeforeEach
    void startTheDaemon() throws Exception {
        started = InProcessDaemon.start(directory, EventLoopThread.start());
    }

    @AfterEach
    void stopTheDaemon() {
        if (started != null) {
            started.close();
        }
    }

    private InProcessDaemon daemon() {
        return Objects.requireNonNull(started);
    }

    static Stream<Named<Workload>> workloads() {
        return Stream.of(
                        OneAtATime.all(),
                        List.of(new ConnectReadClose(), new LongListing(), new Subtrees(), new UnrelatedWatches()),
                        Pipelined.all(),
                        ManyConnections.all(),
                        SteadyRate.all(),
                        Counter.all(),
                        FanOut.all())
                .flatMap(List::stream)
                .map(workload -> Named.of(workload.rows().getFirst().name(), workload));
    }

    @ParameterizedTest
    @MethodSource("workloads")
    void itFillsItsRowsAndLeavesTheStoreAsItWas(Workload workload) throws IOException {
        Map<String, String> before = tree();
        Map<RowId, Double> figures = new LinkedHashMap<>();
        try (workload) {
            workload.run(new Site(Kind.JAVA, daemon().socket(), false, NANOS), (row, figure, _, _) -> {
                assertThat(figures.put(row, figure)).as("%s came before", row).isNull();
            });
        }
        assertThat(figures.keySet()).containsExactlyElementsOf(workload.rows());
        assertThat(figures.values()).allMatch(Double::isFinite).allMatch(figure -> figure > 0);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void guestsStartSideBySide() throws IOException {
        int count = 20;
        int first = 1000;
        for (int i = 0; i < count; i++) {
            FileDomain.create(daemon().machine(), first + i);
        }
        try (Fleet fleet = Fleet.connect(daemon().socket(), count + 1)) {
            fleet.wire(count).call(Request.mkdir(GuestPaths.BACKENDS));
            fleet.wire(count).call(Request.mkdir("/local/domain/0/backend/vif"));
            fleet.wire(count).call(Request.mkdir("/vm"));
            Map<String, String> before = tree();
            fleet.start();
            Backend backend = new Backend(fleet);
            backend.begin(fleet.wire(count));
            List<GuestStart> guests = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                guests.add(new GuestStart(fleet, first + i));
                guests.get(i).begin(fleet.wire(i));
            }
            while (!guests.stream().allMatch(GuestStart::isDone)) {
                fleet.turn(WAIT_MILLIS, (number, wire) -> {
                    wire.receive(number == count ? backend : guests.get(number));
                });
            }
            try (Wire wire = Wire.connect(daemon().socket())) {
                for (int i = 0; i < count; i++) {
                    wire.call(Request.read(GuestPaths.front(first + i) + "/state", "4"));
                    wire.call(Request.read(GuestPaths.back(first + i) + "/state", "4"));
                    assertThat(guests.get(i).again()).isZero();
                    for (Request removal : GuestPaths.removal(first + i)) {
                        wire.call(removal);
                    }
                }
            }
            assertThat(tree()).isEqualTo(before);
        }
    }

    /** All nodes with their values, but for the shared ones. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Wire wire = Wire.connect(daemon().socket())) {
            wire.call(Request.mkdir("/local/domain"));
            collect(wire, "/", all);
        }
        return all;
    }

    private static void collect(Wire wire, String path, Map<String, String> into) throws IOException {
        if (path.equals(SHARED)) {
            return;
        }
        into.put(path, new String(wire.call(Request.any(MessageType.READ, path)), ISO_8859_1));
        byte[] listing = wire.call(Request.any(MessageType.DIRECTORY, path));
        for (String name : Arguments.all(Value.owning(listing))) {
            collect(wire, (path.equals("/") ? "" : path) + "/" + name, into);
        }
    }
}
