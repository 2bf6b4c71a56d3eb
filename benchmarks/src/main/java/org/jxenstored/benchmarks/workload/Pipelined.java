package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.List;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.OneByOne;
import org.jxenstored.benchmarks.load.Plan;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** One connection with 16 requests on the way. */
public final class Pipelined implements Workload {
    private static final String GROUP = "Many requests on one connection, 16 on the way";
    private static final int DEPTH = 16;

    private final RowId row;
    private final int size;
    private final boolean writes;

    private Pipelined(String name, int size, boolean writes) {
        this.row = new RowId(GROUP, name, Figure.OPERATIONS_PER_SECOND, Goal.ratio(4));
        this.size = size;
        this.writes = writes;
    }

    public static List<Workload> all() {
        return List.of(
                new Pipelined("reads, 16 deep", 10, false),
                new Pipelined("writes of 1 byte, 16 deep", 1, true),
                new Pipelined("writes of 2 KB, 16 deep", 2000, true));
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
        try (Wire wire = Wire.connect(site.socket())) {
            List<Request> written = Nodes.writes(size);
            Nodes.all(wire, written);
            if (site.ownCpu()) {
                wire.neverWait();
            }
            Plan plan = Plan.cycle(writes ? written : Nodes.reads(size), 0);
            Load load = OneByOne.run(wire, plan, DEPTH, site.nanos());
            output.add(row, load.perSecond(), load.steady(), "");
        }
    }
}
