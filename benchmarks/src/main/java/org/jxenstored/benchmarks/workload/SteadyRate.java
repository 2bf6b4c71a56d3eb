package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.OpenLoop;
import org.jxenstored.benchmarks.load.Plan;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/**
 * Many connections at a rate that all daemons get alike: the longest a client waits in 99 of 100 cases, most of the time.
 */
public final class SteadyRate implements Workload {
    private static final String GROUP =
            "Many connections, reads and writes at a given rate: the 99th percentile within a tenth of a second";
    private static final double PER_SECOND = 10_000;

    /**
     * Each span has a percentile of its own, and the one in the middle counts: else one hiccup of the machine of some
     * milliseconds would be the result. The latencies that are shown are those of all spans.
     */
    private static final int SPANS = 21;

    private final RowId row;
    private final int connections;

    private SteadyRate(int connections) {
        String name = connections + " connections, 10,000 a second";
        this.row = new RowId(GROUP, name, Figure.MICROSECONDS, Goal.ratio(1));
        this.connections = connections;
    }

    public static List<Workload> all() {
        return IntStream.of(16, 100, 1000).<Workload>mapToObj(SteadyRate::new).toList();
    }

    @Override
    public List<RowId> rows() {
        return List.of(row);
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        try (Fleet fleet = Fleet.connect(site.socket(), connections)) {
            Nodes.all(fleet.wire(0), Nodes.writes(10));
            fleet.start();
            List<Request> mixed = new ArrayList<>(Nodes.reads(10));
            mixed.addAll(Nodes.rewrites(10));
            List<Plan> plans = ManyConnections.plans(mixed, connections);
            Histogram all = Load.histogram();
            double[] percentiles = new double[SPANS];
            for (int i = 0; i < SPANS; i++) {
                Histogram latencies =
                        OpenLoop.run(fleet, plans, PER_SECOND, site.nanos() / 5).latencies();
                percentiles[i] = latencies.getValueAtPercentile(99) / 1e3;
                all.add(latencies);
            }
            Arrays.sort(percentiles);
            output.add(row, percentiles[SPANS / 2], all, "");
        }
    }
}
