package org.jxenstored.benchmarks.load;

import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/** A load on many connections in which each always has the same number of requests on the way. */
public final class ClosedLoop implements Receiver {
    private final Fleet fleet;
    private final List<Plan> plans;
    private final int depth;
    private final Histogram latencies = Load.histogram();
    private boolean sends = true;
    private long operations;

    private ClosedLoop(Fleet fleet, List<Plan> plans, int depth) {
        this.fleet = fleet;
        this.plans = plans;
        this.depth = depth;
    }

    /**
     * Runs for this long; the fleet has started, and there is one plan for each connection.
     *
     * @param waitMillis see {@link Fleet#turn}
     */
    public static Load run(Fleet fleet, List<Plan> plans, int depth, long forNanos, long waitMillis)
            throws IOException {
        ClosedLoop loop = new ClosedLoop(fleet, plans, depth);
        long begin = System.nanoTime();
        for (int i = 0; i < plans.size(); i++) {
            loop.fill(fleet.wire(i), plans.get(i));
        }
        long now = begin;
        while (now < begin + forNanos) {
            fleet.turn(waitMillis, loop::serve);
            now = System.nanoTime();
        }
        long done = loop.operations;
        loop.sends = false;
        while (loop.isBusy()) {
            fleet.turn(waitMillis, loop::serve);
        }
        return new Load(done, now - begin, depth * plans.size(), loop.latencies);
    }

    private boolean isBusy() {
        for (Wire wire : fleet.wires()) {
            if (wire.outstanding() > 0) {
                return true;
            }
        }
        return false;
    }

    private void serve(int number, Wire wire) throws IOException {
        operations += wire.receive(this);
        if (sends) {
            fill(wire, plans.get(number));
        }
    }

    private void fill(Wire wire, Plan plan) throws IOException {
        long now = System.nanoTime();
        while (wire.outstanding() < depth && wire.hasRoomFor(plan.peek())) {
            wire.post(plan.next(), 0, now);
        }
        fleet.flush(wire);
    }

    @Override
    public void replied(Wire wire, Request request, long due, long now, Reply reply) {
        Load.record(latencies, now - due);
    }
}
