package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.OneByOne;
import org.jxenstored.benchmarks.load.Plan;
import org.jxenstored.benchmarks.load.Receiver;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** One write while 1000 idle connections watch other nodes: what do those cost that have nothing to do with it? */
public final class UnrelatedWatches implements Workload {
    private static final String GROUP = "Watches";
    private static final int CONNECTIONS = 1000;
    private static final long WAIT_MILLIS = 10_000;

    /** Messages that may be on their way while the next requests are sent. */
    private static final int AHEAD = 8 * CONNECTIONS;

    private static final int[] WATCHES = {0, 20, 100};
    private static final List<RowId> WRITES = List.of(
            write("1000 idle connections without watches", Goal.NONE),
            write("1000 connections with 20 unrelated watches each", Goal.NONE),
            write("1000 connections with 100 unrelated watches each", Goal.ratio(40)));
    private static final RowId SLOWER = new RowId(
            GROUP, "of these, with 100 watches each / without", Figure.FACTOR, Goal.atMost(1.1, "within 10 %"));

    private static RowId write(String name, Goal goal) {
        return new RowId(GROUP, "one write, " + name, Figure.MICROSECONDS, goal);
    }

    private final Map<Kind, Double> without = new EnumMap<>(Kind.class);

    @Override
    public List<RowId> rows() {
        return List.of(WRITES.get(0), WRITES.get(1), WRITES.get(2), SLOWER);
    }

    @Override
    public boolean onOneCpu() {
        return true;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        try (Fleet idle = Fleet.connect(site.socket(), CONNECTIONS);
                Wire wire = Wire.connect(site.socket())) {
            idle.start();
            int held = 0;
            for (int i = 0; i < WATCHES.length; i++) {
                watchMore(idle, held, WATCHES[i]);
                held = WATCHES[i];
                Load load = OneByOne.run(wire, Plan.cycle(Nodes.writes(1), 0), 1, site.nanos());
                double median = load.medianMicros();
                output.add(WRITES.get(i), median, load.steady(), "");
                if (held == 0) {
                    without.put(site.kind(), median);
                }
                if (i == WATCHES.length - 1) {
                    output.add(SLOWER, median / without.getOrDefault(site.kind(), median));
                }
            }
        }
    }

    /** All connections at once: one that asks while 999 are idle is what this measures. */
    private static void watchMore(Fleet idle, int from, int to) throws IOException {
        int[] missing = {0};
        for (int i = from; i < to; i++) {
            for (int c = 0; c < CONNECTIONS; c++) {
                Wire wire = idle.wire(c);
                wire.post(Request.watch("/local/domain/" + (10_000 + c) + "/device/vif/" + i + "/state", "token"));
                idle.flush(wire);
            }
            // The reply of each registration, and the first event that follows it.
            missing[0] += 2 * CONNECTIONS;
            Receiver counter = Nodes.counting(() -> missing[0]--);
            while (missing[0] > AHEAD) {
                idle.turn(WAIT_MILLIS, (_, wire) -> wire.receive(counter));
            }
        }
        Receiver counter = Nodes.counting(() -> missing[0]--);
        while (missing[0] > 0) {
            idle.turn(WAIT_MILLIS, (_, wire) -> wire.receive(counter));
        }
    }
}
