package org.jxenstored.benchmarks.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.protocol.MessageType;

/** Transactions that collide with those of others, are aborted, or are left open by a connection that ends. */
final class TransactionTraffic implements Traffic {
    private static final int COUNTERS = 4;

    private final Path socket;
    private final Random random;
    private final String shared;
    private Wire wire;

    /** @param shared a path where others of this kind change the same nodes */
    TransactionTraffic(Path socket, String shared, long seed) throws IOException {
        this.socket = socket;
        this.random = new Random(seed);
        this.shared = shared;
        this.wire = Wire.connect(socket);
        for (int i = 0; i < COUNTERS; i++) {
            wire.call(Request.write(counter(i), "0"));
        }
    }

    private String counter(int number) {
        return shared + "/counter" + number;
    }

    @Override
    public void step() throws IOException {
        int transaction = begin();
        for (int i = 0; i < COUNTERS; i++) {
            String counter = counter(random.nextInt(COUNTERS));
            wire.call(Request.any(MessageType.READ, counter), transaction);
            wire.call(Request.write(counter, Integer.toString(random.nextInt(1000))), transaction);
        }
        switch (random.nextInt(10)) {
            case 0 -> wire.call(Request.any(MessageType.TRANSACTION_END, "F"), transaction);
            case 1 -> {
                wire.close();
                wire = Wire.connect(socket);
            }
            default -> wire.call(Request.commit(), transaction);
        }
    }

    /** The number that the daemon gave it. */
    private int begin() throws IOException {
        String number = new String(wire.call(Request.begin()), ISO_8859_1);
        return Integer.parseUnsignedInt(number.replace("\0", ""));
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    @Override
    public String toString() {
        return "the load of transactions";
    }
}
