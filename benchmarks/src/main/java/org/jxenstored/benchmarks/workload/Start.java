package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.List;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.load.Cpu;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** From the launch of the process to its first answer, and what it then takes of memory. */
public final class Start implements Workload {
    private static final String GROUP = "Start";
    private static final RowId ANSWER = new RowId(
            GROUP, "start to first answer, on all processors", Figure.MILLISECONDS, Goal.atMost(300, "300 ms"));
    private static final RowId EMPTY = new RowId(GROUP, "resident memory, empty store", Figure.MEBIBYTES, Goal.NONE);
    private static final double MEBIBYTE = 1 << 20;

    private final Daemons daemons;

    /** The work on daemons of its own, on all processors: as they are started on a host. */
    public Start(Daemons daemons) {
        this.daemons = daemons;
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public List<RowId> rows() {
        return List.of(ANSWER, EMPTY);
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        // A process begins where the thread that starts it may run.
        Cpu.release();
        try {
            Daemons.Started started = daemons.startTimed(site.kind(), Options.DEFAULT);
            try (var daemon = started.daemon()) {
                output.add(ANSWER, started.untilAnswered().toNanos() / 1e6);
                output.add(EMPTY, daemon.residentBytes() / MEBIBYTE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + site.kind().title() + " started", e);
        }
    }
}
