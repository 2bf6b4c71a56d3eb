package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.daemon.Pinning;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.StolenTime;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.RingGuest;
import org.jxenstored.benchmarks.soak.JavaHeap;
import org.jxenstored.protocol.MessageType;

/** One run: those who behave from its beginning to its end, and the hostile guests in the middle of it. */
final class Storm implements AutoCloseable {
    private static final int HONEST = 4;
    private static final int WARM_UP_SECONDS = 15;

    /**
     * The storm is measured when it has been for so long, as the quiet is after the warming up: until then the daemon's
     * compiler makes machine code of what only hostile guests ask for. What is waited in that time is shown too.
     */
    private static final int ONSET_SECONDS = 20;

    private static final int AFTER_SECONDS = 15;

    private final RunningDaemon daemon;
    private final JavaHeap heap;
    private final GcLog collections;
    private final ControlDomain dom0;
    private final List<HonestGuest> honest = new ArrayList<>();
    private final List<RingGuest> rings = new ArrayList<>();

    /**
     * What those who behave waited in one part of the run.
     *
     * @param processor how much of one the daemon used, 0 to 1 or more
     * @param stolen how much of one the machine's own host took away meanwhile
     */
    record Part(
            String name,
            Histogram dom0,
            Histogram guests,
            double processor,
            double stolen,
            GcLog.Summary collections) {}

    /**
     * What came out.
     *
     * @param heapBefore bytes after a full collection, before the hostile guests came
     * @param heapThen the same at the end of the storm, all of them still there
     * @param residentThen the process's memory at that moment
     * @param heapAfter bytes after a full collection when they are all gone
     */
    record Result(
            List<Part> parts,
            long heapLimit,
            long heapBefore,
            long heapThen,
            long residentThen,
            long heapAfter,
            Map<String, Long> quotas,
            String attacks,
            String commits,
            List<Long> rounds,
            Optional<String> complaint) {}

    Storm(RunningDaemon daemon) throws IOException, InterruptedException {
        this.daemon = daemon;
        this.heap = new JavaHeap(daemon.pid());
        Path log = daemon.runDirectory().resolve("gc.log");
        heap.logCollections(log);
        this.collections = new GcLog(log);
        try (Wire toolstack = Wire.connect(daemon.socket())) {
            for (int i = 0; i < 200; i++) {
                toolstack.call(Request.write("/shared/" + i, ""));
                toolstack.call(Request.setPermissions("/shared/" + i, "b0"));
            }
            toolstack.call(Request.setPermissions("/shared", "b0"));
            toolstack.call(Request.write(ControlDomain.HOME + "counter", "0"));
            for (int domid = 1; domid <= HONEST; domid++) {
                honest.add(honest(toolstack, domid));
            }
        }
        dom0 = new ControlDomain(daemon.socket());
    }

    private HonestGuest honest(Wire toolstack, int domid) throws IOException {
        RingGuest ring = RingGuest.connect(
                daemon.shimDirectory(), domid, (id, gfn, port) -> toolstack.call(Request.introduce(id, gfn, port)));
        rings.add(ring);
        toolstack.call(Request.write("/local/domain/" + domid, ""));
        toolstack.call(Request.setPermissions("/local/domain/" + domid, "n" + domid));
        return new HonestGuest(ring);
    }

    /** Runs all of it; tells people what it does. */
    Result run(int guests, int seconds, long seed, Pinning attackers) throws IOException, InterruptedException {
        List<Part> parts = new ArrayList<>();
        Map<String, Long> quotas = quotas();
        dom0.start();
        honest.forEach(HonestGuest::start);
        System.out.println("warming up");
        var _ = part("warming up", WARM_UP_SECONDS);
        try (AttackersProcess hostile = AttackersProcess.start(daemon, HONEST + 1, guests, seed, attackers)) {
            long before = heap.afterFullCollection();
            var _ = part("coming to rest", 2);
            parts.add(part("quiet", seconds / 2));
            hostile.attack();
            parts.add(part("onset", ONSET_SECONDS));
            parts.add(part("storm", seconds));
            long then = heap.afterFullCollection();
            long resident = daemon.residentBytes();
            String attacks = hostile.end();
            var _ = part("the guests die", 5);
            parts.add(part("after", AFTER_SECONDS));
            long after = heap.afterFullCollection();
            end();
            return new Result(
                    parts,
                    heap.limit(),
                    before,
                    then,
                    resident,
                    after,
                    quotas,
                    attacks,
                    dom0.commits(),
                    honest.stream().map(HonestGuest::written).toList(),
                    complaint());
        }
    }

    private Part part(String name, int seconds) throws IOException, InterruptedException {
        take();
        int log = collections.length();
        long cpu = daemon.cpuTime().toNanos();
        long steal = StolenTime.total().toNanos();
        long begin = System.nanoTime();
        TimeUnit.SECONDS.sleep(seconds);
        double took = System.nanoTime() - begin;
        double processor = (daemon.cpuTime().toNanos() - cpu) / took;
        double stolen = (StolenTime.total().toNanos() - steal) / took;
        Histogram guests = new Histogram(3);
        honest.forEach(each -> guests.add(each.waits()));
        Part part = new Part(name, dom0.waits(), guests, processor, stolen, collections.since(log));
        Report.progress(part);
        return part;
    }

    private void take() {
        var _ = dom0.waits();
        honest.forEach(HonestGuest::waits);
    }

    private void end() throws IOException, InterruptedException {
        dom0.end();
        for (HonestGuest each : honest) {
            each.end();
        }
    }

    private Optional<String> complaint() {
        if (!daemon.isAlive()) {
            return Optional.of("the daemon has ended");
        }
        List<Behaving> all = new ArrayList<>(honest);
        all.add(dom0);
        return all.stream().flatMap(each -> each.complaint().stream()).findFirst();
    }

    private Map<String, Long> quotas() throws IOException {
        Map<String, Long> quotas = new HashMap<>();
        try (Wire wire = Wire.connect(daemon.socket())) {
            for (String name : List.of(
                    "nodes", "watches", "outstanding", "memory", "transactions", "transaction-nodes", "path-max")) {
                byte[] value = wire.call(Request.any(MessageType.GET_QUOTA, name));
                quotas.put(name, Long.parseLong(new String(value, StandardCharsets.US_ASCII).replace("\0", "")));
            }
        }
        return quotas;
    }

    @Override
    public void close() throws IOException {
        for (RingGuest ring : rings) {
            ring.close();
        }
    }
}
