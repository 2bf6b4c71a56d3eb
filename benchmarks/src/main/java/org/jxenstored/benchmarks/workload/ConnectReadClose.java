package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** Connect, read one node, close: what each {@code xenstore-read} does. */
public final class ConnectReadClose implements Workload {
    private static final RowId ROW = new RowId(
            "One request at a time, on one connection", "connect, read, close", Figure.MICROSECONDS, Goal.NONE);

    @Override
    public List<RowId> rows() {
        return List.of(ROW);
    }

    @Override
    public boolean onOneCpu() {
        return true;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        List<Request> reads = Nodes.reads(10);
        try (Wire wire = Wire.connect(site.socket())) {
            Nodes.all(wire, Nodes.writes(10));
        }
        Histogram latencies = Load.histogram();
        long begin = System.nanoTime();
        long now = begin;
        for (int i = 0; now < begin + site.nanos(); i++) {
            long due = now;
            try (Wire wire = Wire.connect(site.socket())) {
                wire.call(reads.get(i % reads.size()));
            }
            now = System.nanoTime();
            Load.record(latencies, now - due);
        }
        Load load = new Load(latencies.getTotalCount(), now - begin, latencies);
        output.add(ROW, load.medianMicros(), load.steady(), "");
    }
}
