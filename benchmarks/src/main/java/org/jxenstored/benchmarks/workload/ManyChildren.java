package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.List;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** 100,000 children of one node, created one after the other and removed with it. */
public final class ManyChildren implements Workload {
    private static final String GROUP = "Large directories";
    private static final RowId CREATE =
            new RowId(GROUP, "create 100,000 children of one node", Figure.OPERATIONS_PER_SECOND, Goal.ratio(10));
    private static final RowId LINEAR = new RowId(
            GROUP,
            "of these, time of the last thousand / of the first",
            Figure.FACTOR,
            Goal.atMost(1.1, "as fast"));
    private static final int CHILDREN = 100_000;
    private static final int PART = 1000;
    private static final String PATH = "/bench/children";

    /** A daemon that takes longer than this for a part is given up: the rest would take minutes. */
    private final long giveUpNanos;

    /**
     * The work with a limit.
     *
     * @param giveUpNanos how long one daemon may work on it
     */
    public ManyChildren(long giveUpNanos) {
        this.giveUpNanos = giveUpNanos;
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public List<RowId> rows() {
        return List.of(CREATE, LINEAR);
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        try (Wire wire = Wire.connect(site.socket())) {
            long begin = System.nanoTime();
            long first = 0;
            long last = 0;
            int created = 0;
            while (created < CHILDREN && System.nanoTime() - begin < giveUpNanos) {
                int from = created;
                long start = System.nanoTime();
                Nodes.all(wire, PART, i -> Request.mkdir(PATH + "/c" + (from + i)));
                last = System.nanoTime() - start;
                first = created == 0 ? last : first;
                created += PART;
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            String note = created == CHILDREN ? "" : "stopped at " + created;
            output.add(CREATE, created / seconds, null, note);
            output.add(LINEAR, (double) last / first, null, note);
            wire.call(Request.remove("/bench"));
        }
    }
}
