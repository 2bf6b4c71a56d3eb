package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jxenstored.benchmarks.load.ClosedLoop;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.Plan;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** Many connections, all of them busy: how much gets done. */
public final class ManyConnections implements Workload {
    private static final String GROUP = "Many connections, all of them busy";

    private final RowId row;
    private final int connections;
    private final int depth;
    private final boolean writes;

    private ManyConnections(int connections, int depth, boolean writes) {
        String name = (writes ? "writes, " : "reads, ") + connections + " connections, " + depth + " deep";
        this.row = new RowId(GROUP, name, Figure.OPERATIONS_PER_SECOND, Goal.ratio(depth == 1 ? 2 : 4));
        this.connections = connections;
        this.depth = depth;
        this.writes = writes;
    }

    public static List<Workload> all() {
        List<Workload> all = new ArrayList<>();
        for (int connections : new int[] {16, 100, 1000}) {
            for (int depth : new int[] {1, 16}) {
                all.add(new ManyConnections(connections, depth, false));
                all.add(new ManyConnections(connections, depth, true));
            }
        }
        return all;
    }

    @Override
    public List<RowId> rows() {
        return List.of(row);
    }

    @Override
    public boolean suitsEcho() {
        return writes;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        try (Fleet fleet = Fleet.connect(site.socket(), connections)) {
            List<Request> written = Nodes.writes(10);
            Nodes.all(fleet.wire(0), written);
            fleet.start();
            List<Plan> plans = plans(writes ? written : Nodes.reads(10), connections);
            Load load = ClosedLoop.run(fleet, plans, depth, site.nanos(), site.waitMillis());
            output.add(row, load.perSecond(), load.latencies(), "");
        }
    }

    /** The same requests for each connection, each beginning with another. */
    static List<Plan> plans(List<Request> requests, int connections) {
        List<Plan> plans = new ArrayList<>(connections);
        for (int i = 0; i < connections; i++) {
            plans.add(Plan.cycle(requests, i));
        }
        return plans;
    }
}
