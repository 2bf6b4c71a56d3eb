package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;

/** A subtree of 31 nodes is written node by node and removed with one request. */
public final class Subtrees implements Workload {
    private static final RowId ROW = new RowId(
            "Transactions and subtrees",
            "create and remove subtrees of 31 nodes",
            Figure.OPERATIONS_PER_SECOND,
            Goal.NONE);
    private static final String PATH = "/bench/subtree";

    @Override
    public List<RowId> rows() {
        return List.of(ROW);
    }

    /** The writes of one subtree, and its removal. */
    static List<Request> requests() {
        List<Request> requests = new ArrayList<>();
        for (int device = 0; device < 5; device++) {
            for (int key = 0; key < 5; key++) {
                requests.add(Request.write(PATH + "/device" + device + "/key" + key, "value"));
            }
        }
        requests.add(Request.remove(PATH));
        return requests;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        List<Request> requests = requests();
        Histogram latencies = Load.histogram();
        try (Wire wire = Wire.connect(site.socket())) {
            wire.call(Request.mkdir("/bench"));
            long begin = System.nanoTime();
            long now = begin;
            while (now < begin + site.nanos()) {
                long due = now;
                Nodes.all(wire, requests);
                now = System.nanoTime();
                Load.record(latencies, now - due);
            }
            output.add(ROW, new Load(latencies.getTotalCount(), now - begin, latencies).perSecond(), latencies, "");
            wire.call(Request.remove("/bench"));
        }
    }
}
