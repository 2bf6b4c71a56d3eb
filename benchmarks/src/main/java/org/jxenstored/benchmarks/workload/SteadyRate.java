package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.OpenLoop;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** Many connections at a rate that all daemons get alike: the longest a client waits in 99 of 100 cases. */
public final class SteadyRate implements Workload {
    private static final String GROUP = "Many connections, reads and writes at a given rate: the 99th percentile";
    private static final double PER_SECOND = 10_000;

    /** Than other work: else one hiccup of the machine of 5 ms is the percentile. */
    private static final int LONGER = 4;

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
            mixed.addAll(Nodes.writes(10));
            Load load =
                    OpenLoop.run(fleet, ManyConnections.plans(mixed, connections), PER_SECOND, LONGER * site.nanos());
            output.add(row, load.latencies().getValueAtPercentile(99) / 1e3, load.latencies(), "");
        }
    }
}
