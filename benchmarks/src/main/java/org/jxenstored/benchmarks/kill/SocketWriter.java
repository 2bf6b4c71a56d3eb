package org.jxenstored.benchmarks.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.protocol.MessageType;

/** Writes 1, 2, 3 ... to a node; after each loss of the connection it looks which number is there. */
final class SocketWriter extends Writer {
    private static final long PAUSE_NANOS = 1_000_000;

    private final Path socket;
    private final String node;

    SocketWriter(Path socket, int number) {
        super("connection " + number);
        this.socket = socket;
        this.node = "/storm/" + number;
    }

    @Override
    void write() throws IOException {
        long acknowledged = 0;
        while (goesOn()) {
            try (Wire wire = Wire.connect(socket)) {
                long present = present(wire);
                if (present != acknowledged && present != acknowledged + 1) {
                    throw new IllegalStateException(node + " is " + present + ", but " + acknowledged
                            + " was acknowledged, and nothing after " + (acknowledged + 1) + " was sent");
                }
                acknowledged = present;
                while (goesOn()) {
                    wire.call(Request.write(node, Long.toString(acknowledged + 1)));
                    acknowledged++;
                    count();
                }
            } catch (IOException lost) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private long present(Wire wire) throws IOException {
        byte[] answer = wire.call(Request.any(MessageType.READ, node));
        return Long.parseLong(new String(answer, StandardCharsets.ISO_8859_1));
    }
}
