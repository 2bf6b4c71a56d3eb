package org.jxenstored.benchmarks.load;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * A closed loop on one connection: always the same number of requests on the way. It waits for replies in the kernel if
 * the connection blocks, else by looking again and again.
 */
public final class OneByOne implements Receiver {
    private final Histogram latencies = Load.histogram();

    private OneByOne() {}

    /** Runs for this long. */
    public static Load run(Wire wire, Plan plan, int depth, long forNanos) throws IOException {
        OneByOne loop = new OneByOne();
        long begin = System.nanoTime();
        long end = begin + forNanos;
        fill(wire, plan, depth);
        long now = begin;
        long operations = 0;
        while (now < end) {
            operations += wire.receive(loop);
            now = System.nanoTime();
            fill(wire, plan, depth);
        }
        long nanos = now - begin;
        while (wire.outstanding() > 0) {
            wire.receive(loop);
        }
        return new Load(operations, nanos, depth, loop.latencies);
    }

    private static void fill(Wire wire, Plan plan, int depth) throws IOException {
        long now = System.nanoTime();
        while (wire.outstanding() < depth && wire.hasRoomFor(plan.peek())) {
            wire.post(plan.next(), 0, now);
        }
        wire.flush();
    }

    @Override
    public void replied(Wire wire, Request request, long due, long now, Reply reply) {
        Load.record(latencies, now - due);
    }
}
