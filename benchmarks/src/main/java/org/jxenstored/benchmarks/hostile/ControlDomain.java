package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import java.nio.file.Path;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.protocol.MessageType;

/** A program of dom0: reads, writes, listings, and transactions as a toolstack has them. */
final class ControlDomain extends Behaving {
    static final int PER_SECOND = 200;

    static final String HOME = "/local/domain/0/";

    private long conflicts;
    private long commits;

    ControlDomain(Path socket) throws IOException {
        super("dom0", Wire.connect(socket), PER_SECOND);
    }

    @Override
    void round(long number) throws IOException {
        String value = Long.toString(number);
        call(Request.write(HOME + "value", value));
        call(Request.read(HOME + "value", value));
        call(Request.any(MessageType.DIRECTORY, "/local/domain"));
        call(Request.write(HOME + "backend/vif/" + number % 100, "v".repeat(100)));
        if (transaction(HOME + "counter", value)) {
            commits++;
        } else {
            conflicts++;
        }
    }

    /** Of its transactions, once it has ended. */
    String commits() {
        return commits + " committed, " + conflicts + " had to be repeated";
    }
}
