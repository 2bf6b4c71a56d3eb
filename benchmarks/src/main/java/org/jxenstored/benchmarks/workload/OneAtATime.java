package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jxenstored.benchmarks.load.Load;
import org.jxenstored.benchmarks.load.OneByOne;
import org.jxenstored.benchmarks.load.Plan;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.load.WrongReplyException;
import org.jxenstored.benchmarks.report.Figure;
import org.jxenstored.benchmarks.report.Goal;
import org.jxenstored.benchmarks.report.RowId;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** One connection, one request at a time: how long a client waits. */
public final class OneAtATime implements Workload {
    private static final String GROUP = "One request at a time, on one connection";
    private static final Goal GOAL = Goal.ratio(1.5);

    /** Gives the requests of one run, after making what they need. */
    private interface Preparation {
        List<Request> prepare(Wire wire) throws IOException;
    }

    private final RowId row;
    private final boolean writes;
    private final Preparation preparation;

    private OneAtATime(String name, boolean writes, Preparation preparation) {
        this.writes = writes;
        this.row = new RowId(GROUP, name, Figure.MICROSECONDS, GOAL);
        this.preparation = preparation;
    }

    public static List<Workload> all() {
        return List.of(
                new OneAtATime("read", false, wire -> {
                    Nodes.all(wire, Nodes.writes(10));
                    return Nodes.reads(10);
                }),
                new OneAtATime("write 1 byte", true, _ -> Nodes.writes(1)),
                new OneAtATime("write 2 KB", true, _ -> Nodes.writes(2000)),
                new OneAtATime("directory of 10", false, OneAtATime::directoryOfTen));
    }

    private static List<Request> directoryOfTen(Wire wire) throws IOException {
        String path = Nodes.DEVICE + "/ten";
        List<String> names = IntStream.range(0, 10).mapToObj(i -> "child" + i).toList();
        for (String name : names) {
            wire.call(Request.write(path + "/" + name, "x"));
        }
        // Each daemon has an order of its own, but always the same.
        byte[] listing = wire.call(Request.any(MessageType.DIRECTORY, path));
        List<String> listed = Arguments.all(Value.owning(listing));
        if (!new TreeSet<>(listed).equals(new TreeSet<>(names))) {
            throw new WrongReplyException("listing of " + path + ": " + listed);
        }
        return List.of(Request.directory(path, listing));
    }

    @Override
    public List<RowId> rows() {
        return List.of(row);
    }

    @Override
    public boolean onOneCpu() {
        return true;
    }

    @Override
    public boolean suitsEcho() {
        return writes;
    }

    @Override
    public void run(Site site, Output output) throws IOException {
        try (Wire wire = Wire.connect(site.socket())) {
            Plan plan = Plan.cycle(preparation.prepare(wire), 0);
            Load load = OneByOne.run(wire, plan, 1, site.nanos());
            output.add(row, load.medianMicros(), load.steady(), "");
        }
    }
}
