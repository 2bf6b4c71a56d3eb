package org.jxenstored.benchmarks.workload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.load.WrongReplyException;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Value;

/** The whole listing of a node with 10,000 children, piece by piece. */
public final class LongListing implements Workload {
    private static final RowId ROW =
            new RowId("Large directories", "directory of 10,000, whole listing", Figure.MILLISECONDS, Goal.ratio(4));
    private static final int CHILDREN = 10_000;
    private static final String PATH = "/bench/long";

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
        try (Wire wire = Wire.connect(site.socket())) {
            Nodes.all(wire, CHILDREN, i -> Request.mkdir(PATH + "/child" + i));
            byte[] listing = list(wire);
            int names = Arguments.all(Value.owning(listing)).size();
            if (names != CHILDREN) {
                throw new WrongReplyException("a listing of " + names + " names instead of " + CHILDREN);
            }
            Histogram latencies = Load.histogram();
            long begin = System.nanoTime();
            for (long now = begin; now < begin + site.nanos(); ) {
                byte[] again = list(wire);
                long done = System.nanoTime();
                if (!Arrays.equals(again, listing)) {
                    throw new WrongReplyException("two listings of " + PATH + " differ");
                }
                Load.record(latencies, done - now);
                now = System.nanoTime();
            }
            output.add(ROW, latencies.getValueAtPercentile(50) / 1e6, latencies, "");
        } finally {
            // On a connection of its own: the other one is of no use after a wrong reply.
            try (Wire wire = Wire.connect(site.socket())) {
                wire.call(Request.remove("/bench"));
            }
        }
    }

    /** The generation and a NUL, then names; an empty name ends the last piece (P-DIRP). */
    private static byte[] list(Wire wire) throws IOException {
        ByteArrayOutputStream names = new ByteArrayOutputStream(CHILDREN * 10);
        while (true) {
            byte[] piece = wire.call(Request.directoryPart(PATH, names.size()));
            int from = 0;
            while (piece[from] != 0) {
                from++;
            }
            from++;
            boolean last = piece[piece.length - 1] == 0 && piece[piece.length - 2] == 0;
            names.write(piece, from, piece.length - from - (last ? 1 : 0));
            if (last) {
                return names.toByteArray();
            }
        }
    }
}
