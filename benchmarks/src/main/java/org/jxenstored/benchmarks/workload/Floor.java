package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.List;
import org.jxenstored.benchmarks.load.ClosedLoop;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.OneByOne;
import org.jxenstored.benchmarks.load.Plan;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** The same requests answered by a server that does nothing else: what the system calls alone cost. */
public final class Floor implements Workload {
    private static final String GROUP = "The floor: a bare echo server on the same kind of socket";

    private final RowId row;
    private final int connections;
    private final int depth;

    private Floor(String name, Figure figure, int connections, int depth) {
        this.row = new RowId(GROUP, name, figure, Goal.NONE);
        this.connections = connections;
        this.depth = depth;
    }

    public static List<Workload> all() {
        return List.of(
                new Floor("echo, one request at a time", Figure.MICROSECONDS, 1, 1),
                new Floor("echo, 16 deep", Figure.OPERATIONS_PER_SECOND, 1, 16),
                new Floor("echo, 16 connections, 1 deep", Figure.OPERATIONS_PER_SECOND, 16, 1),
                new Floor("echo, 1000 connections, 1 deep", Figure.OPERATIONS_PER_SECOND, 1000, 1));
    }

    @Override
    public List<RowId> rows() {
        return List.of(row);
    }

    @Override
    public boolean onOneCpu() {
        return row.figure() == Figure.MICROSECONDS;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        List<Request> writes = Nodes.writes(10);
        if (connections == 1) {
            try (Wire wire = Wire.connect(site.socket())) {
                Load load = OneByOne.run(wire, Plan.cycle(writes, 0), depth, site.nanos());
                output.add(row, depth == 1 ? load.medianMicros() : load.perSecond(), load.steady(), "");
            }
        } else {
            try (Fleet fleet = Fleet.connect(site.socket(), connections)) {
                fleet.start();
                Load load = ClosedLoop.run(fleet, ManyConnections.plans(writes, connections), depth, site.nanos());
                output.add(row, load.perSecond(), load.latencies(), "");
            }
        }
    }
}
