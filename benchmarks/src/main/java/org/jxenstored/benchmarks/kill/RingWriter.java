package org.jxenstored.benchmarks.kill;

import java.io.IOException;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.machine.RingGuest;

/**
 * A guest that makes a node, removes it, and writes a number, again and again. It never hears that the daemon was gone: each
 * request is served once. Twice, and the second removal would find nothing.
 */
final class RingWriter extends Writer {
    private final RingGuest guest;

    RingWriter(RingGuest guest) {
        super("guest " + guest.domid());
        this.guest = guest;
    }

    @Override
    void write() throws IOException {
        Wire wire = Wire.over(guest);
        for (long i = 1; goesOn(); i++) {
            wire.call(Request.mkdir("data/" + i));
            wire.call(Request.remove("data/" + i));
            wire.call(Request.write("data", Long.toString(i)));
            wire.call(Request.read("data", Long.toString(i)));
            count();
        }
    }
}
