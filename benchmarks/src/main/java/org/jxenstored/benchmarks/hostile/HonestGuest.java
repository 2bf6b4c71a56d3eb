package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.RingGuest;

/** A guest that behaves: it reads, and writes now and then, as drivers do. */
final class HonestGuest extends Behaving {
    static final int PER_SECOND = 20;

    /**
     * One request of so many is a write. With a hundred others there the rate limit lets each guest write twice a second while
     * others have transactions open (S-WRL-3), and makes it wait if it wants more.
     */
    private static final int READS = 40;

    private long written;

    HonestGuest(RingGuest ring) {
        super("guest " + ring.domid(), Wire.over(ring), PER_SECOND);
    }

    @Override
    void round(long number) throws IOException {
        String value = Long.toString(number);
        call(Request.write("data", value));
        for (int i = 0; i < READS; i++) {
            call(Request.read("data", value));
        }
        written++;
    }

    /** Rounds it has done. */
    long written() {
        return written;
    }
}
