package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.FileDomain;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** 300 guests started at once, each by a connection of its own, with one driver domain for all. */
public final class GuestStarts implements Workload {
    private static final String GROUP = "Guest starts";
    private static final int GUESTS = 300;
    private static final int FIRST_DOMID = 1000;
    private static final RowId STARTS =
            new RowId(GROUP, "300 parallel guest starts", Figure.OPERATIONS_PER_SECOND, Goal.ratio(3));
    private static final RowId AGAIN = new RowId(GROUP, "of these, EAGAIN", Figure.COUNT, Goal.atMost(0, "none"));
    private final OwnDaemons daemons;
    private final long giveUpNanos;

    /**
     * The work with a limit, on daemons of its own: their machine has the guests, as nobody gives rights to a domain
     * that does not exist.
     *
     * @param cpu where they run
     * @param giveUpNanos how long one daemon may work on it
     */
    public GuestStarts(Daemons daemons, int cpu, long giveUpNanos) {
        this.daemons = new OwnDaemons(daemons, Options.DEFAULT.pinnedTo(cpu).on(Options.Machine.FILES));
        this.giveUpNanos = giveUpNanos;
    }

    @Override
    public List<RowId> rows() {
        return List.of(STARTS, AGAIN);
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        Path socket = socket(site.kind());
        try (Fleet fleet = Fleet.connect(socket, GUESTS + 1)) {
            prepare(fleet.wire(GUESTS));
            fleet.start();
            Backend backend = new Backend(fleet);
            backend.begin(fleet.wire(GUESTS));
            List<GuestStart> guests = new ArrayList<>();
            for (int i = 0; i < GUESTS; i++) {
                guests.add(new GuestStart(fleet, FIRST_DOMID + i));
            }
            long begin = System.nanoTime();
            for (int i = 0; i < GUESTS; i++) {
                guests.get(i).begin(fleet.wire(i));
            }
            Histogram latencies = Load.histogram();
            boolean[] counted = new boolean[GUESTS];
            long now = begin;
            long[] lastDone = {begin};
            while (latencies.getTotalCount() < GUESTS && now < begin + giveUpNanos) {
                fleet.turn(site.waitMillis(), (number, wire) -> {
                    wire.receive(number == GUESTS ? backend : guests.get(number));
                    if (number < GUESTS && guests.get(number).isDone() && !counted[number]) {
                        counted[number] = true;
                        lastDone[0] = System.nanoTime();
                        Load.record(latencies, lastDone[0] - begin);
                    }
                });
                now = System.nanoTime();
            }
            long done = latencies.getTotalCount();
            int again = guests.stream().mapToInt(GuestStart::again).sum();
            // Who stops answering is not charged for the silence.
            double perSecond = done * 1e9 / (lastDone[0] - begin);
            String note = done == GUESTS ? "" : done + " were started in " + (now - begin) / 1_000_000_000 + " s";
            output.add(STARTS, perSecond, latencies, note);
            output.add(AGAIN, again, null, note);
        }
        cleanUp(socket);
    }

    private Path socket(Kind kind) throws IOException {
        boolean isNew = !daemons.isRunning(kind);
        RunningDaemon daemon = daemons.get(kind);
        for (int i = 0; i < GUESTS && isNew; i++) {
            FileDomain.create(daemon.shimDirectory(), FIRST_DOMID + i);
        }
        return daemon.socket();
    }

    @Override
    public void close() throws IOException {
        daemons.close();
    }

    private static void prepare(Wire wire) throws IOException {
        wire.call(Request.mkdir(GuestPaths.BACKENDS));
        wire.call(Request.mkdir("/local/domain/0/backend/vif"));
        wire.call(Request.mkdir("/vm"));
    }

    private static void cleanUp(Path socket) throws IOException {
        try (Wire wire = Wire.connect(socket)) {
            for (int i = 0; i < GUESTS; i++) {
                for (Request removal : GuestPaths.removal(FIRST_DOMID + i)) {
                    wire.call(removal);
                }
            }
        }
    }
}
