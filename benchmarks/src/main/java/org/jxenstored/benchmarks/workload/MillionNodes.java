package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.load.Cpu;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.OneByOne;
import org.jxenstored.benchmarks.load.Plan;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/**
 * A store of a million nodes: 10,000 homes of 100 nodes each. It is grown once for each daemon, while another
 * connection writes at a steady rate; then the rounds read and write in it.
 */
public final class MillionNodes implements Workload {
    private static final String GROUP = "A store of 1,000,000 nodes";
    private static final RowId GROWTH =
            new RowId(GROUP, "grown by one client, 16 deep", Figure.OPERATIONS_PER_SECOND, Goal.NONE);
    private static final RowId WHILE_GROWN = new RowId(
            GROUP, "while it is grown, a write of another: p99.9", Figure.MILLISECONDS, Goal.atMost(5, "5 ms"));
    private static final RowId MEMORY = new RowId(GROUP, "resident memory", Figure.MEBIBYTES, Goal.NONE);
    private static final RowId MEMORY_WITHOUT_BASE =
            new RowId(GROUP, "resident memory, less an empty JVM's", Figure.MEBIBYTES, Goal.ratio(1));
    private static final RowId READ = new RowId(GROUP, "one read in it", Figure.MICROSECONDS, Goal.NONE);
    private static final RowId WRITE = new RowId(GROUP, "one write in it", Figure.MICROSECONDS, Goal.NONE);

    private static final int HOMES = 10_000;
    private static final int DEVICES = 9;
    private static final int KEYS = 10;
    private static final int DEPTH = 16;
    private static final int WARM_UPS = 20_000;
    private static final long PROBE_EVERY_NANOS = 1_000_000;
    private static final double MEBIBYTE = 1 << 20;
    private static final long SEED = 5;
    private static final Request PROBE = Request.write("/probe", "probe");

    private final OwnDaemons daemons;
    private final int cpu;
    private final int loadCpu;
    private final Map<Kind, Long> baseBytes = new EnumMap<>(Kind.class);

    /**
     * The work on daemons of its own.
     *
     * @param cpu where they run, and the load too but while it is grown
     * @param loadCpu where the load comes from while it is grown
     */
    public MillionNodes(Daemons daemons, int cpu, int loadCpu) {
        this.daemons = new OwnDaemons(daemons, Options.DEFAULT.pinnedTo(cpu));
        this.cpu = cpu;
        this.loadCpu = loadCpu;
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public List<RowId> rows() {
        return List.of(GROWTH, WHILE_GROWN, MEMORY, MEMORY_WITHOUT_BASE, READ, WRITE);
    }

    @Override
    public boolean onOneCpu() {
        return true;
    }

    /** Each home has one node of its own, {@value #DEVICES} devices with {@value #KEYS} keys each: 100 nodes. */
    private static String path(int leaf) {
        int home = leaf / (DEVICES * KEYS);
        int device = leaf / KEYS % DEVICES;
        return "/homes/" + home + "/device" + device + "/key" + leaf % KEYS;
    }

    private static Request write(int leaf) {
        return Request.write(path(leaf), "value-" + leaf % 1000);
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        if (!daemons.isRunning(site.kind())) {
            RunningDaemon daemon = daemons.get(site.kind());
            baseBytes.put(site.kind(), site.kind().isPeer() ? 0L : daemon.residentBytes());
            Cpu.bind(loadCpu);
            if (site.kind().warmsUp()) {
                serveForAWhile(daemon);
            }
            grow(daemon, output);
            Cpu.bind(cpu);
        }
        int[] leaves = new Random(SEED).ints(1000, 0, HOMES * DEVICES * KEYS).toArray();
        try (Wire wire = Wire.connect(daemons.get(site.kind()).socket())) {
            List<Request> reads = new ArrayList<>();
            List<Request> writes = new ArrayList<>();
            for (int leaf : leaves) {
                reads.add(Request.read(path(leaf), "value-" + leaf % 1000));
                writes.add(write(leaf));
            }
            Load read = OneByOne.run(wire, Plan.cycle(reads, 0), 1, site.nanos());
            output.add(READ, read.medianMicros(), read.steady(), "");
            Load write = OneByOne.run(wire, Plan.cycle(writes, 0), 1, site.nanos());
            output.add(WRITE, write.medianMicros(), write.steady(), "");
        }
        long bytes = daemons.get(site.kind()).residentBytes();
        output.add(MEMORY, bytes / MEBIBYTE);
        output.add(MEMORY_WITHOUT_BASE, (bytes - baseBytes.getOrDefault(site.kind(), 0L)) / MEBIBYTE);
    }

    /** A host's store grows when the daemon has been serving for a while, and is compiled. */
    private static void serveForAWhile(RunningDaemon daemon) throws IOException {
        try (Wire wire = Wire.connect(daemon.socket())) {
            List<Request> writesAndRemoval = Subtrees.requests();
            for (int i = 0; i < WARM_UPS; i++) {
                Nodes.all(wire, writesAndRemoval);
            }
        }
    }

    private static void grow(RunningDaemon daemon, Output output) throws IOException {
        Histogram latencies = Load.histogram();
        try (Fleet fleet = Fleet.connect(daemon.socket(), 2)) {
            Wire builder = fleet.wire(0);
            Wire prober = fleet.wire(1);
            prober.call(PROBE);
            fleet.start();
            int leaves = HOMES * DEVICES * KEYS;
            int next = 0;
            long begin = System.nanoTime();
            long due = begin;
            while (next < leaves || builder.outstanding() > 0) {
                while (next < leaves && builder.outstanding() < DEPTH) {
                    builder.post(write(next++));
                }
                fleet.flush(builder);
                for (long now = System.nanoTime(); due <= now && prober.hasRoomFor(PROBE); due += PROBE_EVERY_NANOS) {
                    prober.post(PROBE, 0, due);
                    fleet.flush(prober);
                }
                fleet.turn(
                        1,
                        (_, wire) -> wire.receive((from, _, wasDue, now, _) -> {
                            if (from.equals(prober)) {
                                Load.record(latencies, now - wasDue);
                            }
                        }));
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            output.add(GROWTH, leaves / seconds, null, "");
            output.add(WHILE_GROWN, latencies.getValueAtPercentile(99.9) / 1e6, latencies, "");
        }
    }

    @Override
    public void close() throws IOException {
        daemons.close();
    }
}
