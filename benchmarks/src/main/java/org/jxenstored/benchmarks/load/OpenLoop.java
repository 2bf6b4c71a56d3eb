package org.jxenstored.benchmarks.load;

import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A load at a given rate, whether the daemon keeps up or not: each request counts from the moment it was due, so a
 * daemon that stalls pays for all that had to wait.
 */
public final class OpenLoop implements Receiver {
    private static final int OUTSTANDING_MAX = 64;
    private static final int LATE_MAX = 20;

    private final Histogram latencies = Load.histogram();
    private long answered;

    private OpenLoop() {}

    /**
     * Sends for this long, and waits for all replies, but not more than {@value #LATE_MAX} times as long.
     *
     * @param perSecond requests of all connections together; they take turns
     */
    public static Load run(Fleet fleet, List<Plan> plans, double perSecond, long forNanos) throws IOException {
        OpenLoop loop = new OpenLoop();
        double interval = 1e9 / perSecond;
        long total = (long) (forNanos / interval);
        long begin = System.nanoTime();
        long giveUp = begin + LATE_MAX * forNanos;
        long sent = 0;
        long now = begin;
        while (loop.answered < total && now < giveUp) {
            while (sent < total && begin + (long) (sent * interval) <= now) {
                int number = (int) (sent % plans.size());
                Wire wire = fleet.wire(number);
                if (wire.outstanding() >= OUTSTANDING_MAX) {
                    break;
                }
                wire.post(plans.get(number).next(), 0, begin + (long) (sent * interval));
                fleet.flush(wire);
                sent++;
            }
            fleet.turn(0, (_, wire) -> loop.answered += wire.receive(loop));
            now = System.nanoTime();
        }
        for (long missing = loop.answered; missing < total; missing++) {
            Load.record(loop.latencies, now - begin - (long) (missing * interval));
        }
        return new Load(loop.answered, now - begin, loop.latencies);
    }

    @Override
    public void replied(Wire wire, Request request, long due, long now, Reply reply) {
        Load.record(latencies, now - due);
    }
}
