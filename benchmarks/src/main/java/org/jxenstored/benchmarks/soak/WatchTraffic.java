package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;

/** Sets watches, has them fire, and takes them away, or leaves them to a connection that ends. */
final class WatchTraffic implements Traffic {
    private static final int WATCHES = 10;

    private final Path socket;
    private final Random random;
    private final String home;
    private Wire wire;

    /** @param home a path of its own */
    WatchTraffic(Path socket, String home, long seed) throws IOException {
        this.socket = socket;
        this.random = new Random(seed);
        this.home = home;
        this.wire = Wire.connect(socket);
    }

    @Override
    public void step() throws IOException {
        int first = random.nextInt(1 << 20);
        for (int i = 0; i < WATCHES; i++) {
            wire.call(Request.watch(home + "/w" + (first + i), "token" + i));
            wire.call(Request.write(home + "/w" + (first + i) + "/below", "x"));
        }
        wire.call(Request.remove(home));
        if (random.nextInt(4) == 0) {
            wire.close();
            wire = Wire.connect(socket);
            return;
        }
        for (int i = 0; i < WATCHES; i++) {
            wire.call(Request.unwatch(home + "/w" + (first + i), "token" + i));
        }
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    @Override
    public String toString() {
        return "the load of watches";
    }
}
