package org.jxenstored.benchmarks.soak;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.protocol.MessageType;

/** Creates a small subtree with values of all sizes and permissions, reads it, and removes it. */
final class NodeTraffic implements Traffic {
    private static final int NODES = 20;

    private final Random random;
    private final String home;
    private final Wire wire;

    /** @param home a path of its own */
    NodeTraffic(Path socket, String home, long seed) throws IOException {
        this.random = new Random(seed);
        this.home = home;
        this.wire = Wire.connect(socket);
    }

    @Override
    public void step() throws IOException {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < NODES; i++) {
            String path = home + "/node" + i;
            String value = "v".repeat(random.nextInt(random.nextInt(8) == 0 ? 1900 : 30));
            wire.call(Request.write(path, value));
            wire.call(Request.setPermissions(path, "n0", "r" + (1 + random.nextInt(30_000))));
            wire.call(Request.read(path, value));
            names.append("node").append(i).append('\0');
        }
        wire.call(Request.directory(home, names.toString().getBytes(ISO_8859_1)));
        wire.call(Request.any(MessageType.GET_PERMS, home + "/node0"));
        wire.call(Request.remove(home));
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }

    @Override
    public String toString() {
        return "the load on nodes";
    }
}
