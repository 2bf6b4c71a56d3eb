package org.jxenstored.benchmarks.workload;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.Receiver;
import org.jxenstored.benchmarks.load.Reply;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.load.WrongReplyException;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** One write that many clients watch: how long until it is answered and the last of them has its event. */
public final class FanOut implements Workload, Receiver {
    private static final String GROUP = "Watches";
    private static final String PATH = "/bench/watched";
    private static final String TOKEN = "token";
    private static final byte[] EVENT = (PATH + '\0' + TOKEN + '\0').getBytes(US_ASCII);

    private final RowId row;
    private final int watchers;
    private int missing;

    private FanOut(int watchers) {
        String name = watchers == 1 ? "one write, 1 watcher" : "one write, " + watchers + " watchers";
        this.row = new RowId(GROUP, name, Figure.MICROSECONDS, watchers == 1000 ? Goal.ratio(3) : Goal.NONE);
        this.watchers = watchers;
    }

    public static List<Workload> all() {
        return IntStream.of(1, 100, 1000).<Workload>mapToObj(FanOut::new).toList();
    }

    @Override
    public List<RowId> rows() {
        return List.of(row);
    }

    /** The echo server has watches, but nodes and their removal it does not: it says OK to all. */
    @Override
    public boolean suitsEcho() {
        return true;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        try (Fleet fleet = Fleet.connect(site.socket(), watchers + 1)) {
            fleet.wire(0).call(Request.write(PATH, "before"));
            fleet.start();
            Request watch = Request.watch(PATH, TOKEN);
            // The reply of each registration, and the first event that follows it.
            missing = 2 * watchers;
            for (Wire wire : fleet.wires().subList(1, watchers + 1)) {
                wire.post(watch);
                fleet.flush(wire);
            }
            awaitAll(fleet, site);
            Histogram latencies = Load.histogram();
            Request[] writes = {Request.write(PATH, "one"), Request.write(PATH, "two")};
            long end = System.nanoTime() + site.nanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                missing = watchers + 1;
                long begin = System.nanoTime();
                fleet.wire(0).post(writes[i & 1]);
                fleet.flush(fleet.wire(0));
                awaitAll(fleet, site);
                Load.record(latencies, System.nanoTime() - begin);
            }
            output.add(row, latencies.getValueAtPercentile(50) / 1e3, latencies, "");
        }
        try (Wire wire = Wire.connect(site.socket())) {
            wire.call(Request.remove("/bench"));
        }
    }

    private void awaitAll(Fleet fleet, Site site) throws IOException {
        while (missing > 0) {
            fleet.turn(site.waitMillis(), (_, wire) -> wire.receive(this));
        }
    }

    @Override
    public void replied(Wire wire, Request request, long due, long now, Reply reply) {
        missing--;
    }

    @Override
    public void event(Wire wire, long now, Reply event) throws IOException {
        if (!event.hasPayload(EVENT)) {
            throw new WrongReplyException("an event that nobody waits for: " + event);
        }
        missing--;
    }
}
