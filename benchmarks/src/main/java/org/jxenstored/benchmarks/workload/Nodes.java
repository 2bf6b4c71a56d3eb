package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jxenstored.benchmarks.load.Receiver;
import org.jxenstored.benchmarks.load.Reply;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;

/** Nodes the workloads work on. */
final class Nodes {
    /** As deep as the nodes of a real device. */
    static final String DEVICE = "/local/domain/777/device/vif/0";

    private static final int KEYS = 50;
    private static final int DEPTH = 64;

    private Nodes() {}

    private static String key(int i) {
        return DEVICE + "/key" + i;
    }

    private static String value(int i, int size) {
        return String.valueOf((char) ('a' + i % 26)).repeat(size);
    }

    /** Writes of values this long to some nodes, two for each: whoever does them again and again changes something each time. */
    static List<Request> writes(int size) {
        List<Request> writes = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            writes.add(Request.write(key(i), value(i + 1, size)));
        }
        writes.addAll(rewrites(size));
        return writes;
    }

    /** Writes of the values that {@link #writes} leaves. */
    static List<Request> rewrites(int size) {
        List<Request> writes = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            writes.add(Request.write(key(i), value(i, size)));
        }
        return writes;
    }

    /** Reads of what {@link #writes} leaves. */
    static List<Request> reads(int size) {
        List<Request> reads = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            reads.add(Request.read(key(i), value(i, size)));
        }
        return reads;
    }

    /** Does all of these, some at a time; the connection blocks. */
    static void all(Wire wire, List<Request> requests) throws IOException {
        all(wire, requests.size(), requests::get);
    }

    /** Does requests 0 to {@code count} - 1, some at a time; the connection blocks. */
    static void all(Wire wire, int count, IntFunction<Request> requests) throws IOException {
        int sent = 0;
        while (sent < count || wire.outstanding() > 0) {
            while (sent < count && wire.outstanding() < DEPTH) {
                wire.post(requests.apply(sent++));
            }
            wire.flush();
            wire.receive(IGNORED);
        }
    }

    /** Takes replies that are right, and events, and does nothing with them. */
    private static final Receiver IGNORED = counting(() -> {});

    /** Takes replies that are right, and events, and calls this for each. */
    static Receiver counting(Runnable each) {
        return new Receiver() {
            @Override
            public void replied(Wire wire, Request request, long due, long now, Reply reply) {
                each.run();
            }

            @Override
            public void event(Wire wire, long now, Reply event) {
                each.run();
            }
        };
    }
}
