package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
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
            GROUP, "of these, time of the last thousand / of the first", Figure.FACTOR, Goal.atMost(1.1, "as fast"));
    private static final int CHILDREN = 100_000;
    private static final int PART = 1000;
    private static final String PATH = "/bench/children";

    private final Daemons daemons;
    private final Options options;
    private final long giveUpNanos;

    /**
     * The work with a limit, with new daemons where removing takes too long.
     *
     * @param cpu where they run
     * @param giveUpNanos how long one daemon may work on it; the rest would take minutes
     */
    public ManyChildren(Daemons daemons, int cpu, long giveUpNanos) {
        this.daemons = daemons;
        this.options = Options.DEFAULT.pinnedTo(cpu);
        this.giveUpNanos = giveUpNanos;
    }

    @Override
    public List<RowId> rows() {
        return List.of(CREATE, LINEAR);
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        if (site.kind() == Kind.C) {
            // It takes minutes to remove so many; and an hour old it is not faster than new.
            try (OwnDaemons own = new OwnDaemons(daemons, options)) {
                create(site, own.get(site.kind()).socket(), output);
            }
        } else {
            create(site, site.socket(), output);
            try (Wire wire = Wire.connect(site.socket())) {
                wire.call(Request.remove("/bench"));
            }
        }
    }

    private void create(Site site, Path socket, Output output) throws IOException {
        try (Wire wire = Wire.connect(socket)) {
            if (site.ownCpu()) {
                wire.neverWait();
            }
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
        }
    }
}
