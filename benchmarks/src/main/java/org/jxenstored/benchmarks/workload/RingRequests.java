package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.OneByOne;
import org.jxenstored.benchmarks.load.Plan;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.RingGuest;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** A guest's reads and writes, through its ring page. */
public final class RingRequests implements Workload {
    private static final String GROUP = "Through a guest's ring";
    private static final RowId READ = new RowId(GROUP, "ring: read", Figure.MICROSECONDS, Goal.NONE);
    private static final RowId WRITE = new RowId(GROUP, "ring: write", Figure.MICROSECONDS, Goal.NONE);
    private static final RowId READS =
            new RowId(GROUP, "ring: reads, 16 deep", Figure.OPERATIONS_PER_SECOND, Goal.NONE);
    private static final RowId WRITES =
            new RowId(GROUP, "ring: writes, 16 deep", Figure.OPERATIONS_PER_SECOND, Goal.NONE);
    private static final int DOMID = 7;
    private static final int DEPTH = 16;
    private static final int KEYS = 50;

    private final OwnDaemons daemons;

    /**
     * The work on daemons of its own.
     *
     * @param cpu where they run
     */
    public RingRequests(Daemons daemons, int cpu) {
        this.daemons = new OwnDaemons(daemons, Options.DEFAULT.pinnedTo(cpu).on(Options.Machine.FILES));
    }

    @Override
    public List<RowId> rows() {
        return List.of(READ, WRITE, READS, WRITES);
    }

    @Override
    public boolean onOneCpu() {
        return true;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        RunningDaemon daemon = daemons.get(site.kind());
        try (Wire toolstack = Wire.connect(daemon.socket());
                RingGuest guest = RingGuest.connect(
                        daemon.shimDirectory(),
                        DOMID,
                        (domid, gfn, port) -> toolstack.call(Request.introduce(domid, gfn, port)));
                Wire wire = Wire.over(guest)) {
            // Where the guest's relative paths lead. It is there already: the daemon in C gives nothing to others.
            toolstack.call(Request.mkdir(GuestPaths.home(DOMID)));
            toolstack.call(Request.setPermissions(GuestPaths.home(DOMID), "n" + DOMID));
            List<Request> writes = new ArrayList<>();
            List<Request> reads = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                writes.add(Request.write("data/key" + i, "value-" + i));
                reads.add(Request.read("data/key" + i, "value-" + i));
            }
            Nodes.all(wire, writes);
            long nanos = site.nanos() / 2;
            Load read = OneByOne.run(wire, Plan.cycle(reads, 0), 1, nanos);
            output.add(READ, read.medianMicros(), read.steady(), "");
            Load write = OneByOne.run(wire, Plan.cycle(writes, 0), 1, nanos);
            output.add(WRITE, write.medianMicros(), write.steady(), "");
            Load deepReads = OneByOne.run(wire, Plan.cycle(reads, 0), DEPTH, nanos);
            output.add(READS, deepReads.perSecond(), deepReads.steady(), "");
            Load deepWrites = OneByOne.run(wire, Plan.cycle(writes, 0), DEPTH, nanos);
            output.add(WRITES, deepWrites.perSecond(), deepWrites.steady(), "");
        }
    }

    @Override
    public void close() throws IOException {
        daemons.close();
    }
}
