package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A client that connects, begins to ask, and vanishes in the middle of a request, its answers unread. */
final class BrokenOffTraffic implements Traffic {
    private final Path socket;
    private final Random random;
    private final byte[] requests;

    /** @param home a path of its own; what it writes there stays */
    BrokenOffTraffic(Path socket, String home, long seed) {
        this.socket = socket;
        this.random = new Random(seed);
        ByteBuffer all = ByteBuffer.allocate(16 << 10);
        for (Message message : new Message[] {
            request(MessageType.WRITE, 0, home + "/a\0" + "v".repeat(500)),
            request(MessageType.WATCH, 0, home + "\0token\0"),
            request(MessageType.TRANSACTION_START, 0, "\0"),
            request(MessageType.WRITE, 1, home + "/b\0never committed"),
            request(MessageType.READ, 0, home + "/a\0"),
            request(MessageType.DIRECTORY, 0, "/\0"),
            request(MessageType.WRITE, 0, home + "/a\0" + "w".repeat(1500))
        }) {
            message.write(all);
        }
        this.requests = new byte[all.flip().remaining()];
        all.get(requests);
    }

    private static Message request(MessageType type, int transaction, String payload) {
        return Message.of(type, 1, transaction, Value.of(payload));
    }

    @Override
    public void step() throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer part = ByteBuffer.wrap(requests, 0, random.nextInt(requests.length + 1));
            while (part.hasRemaining()) {
                channel.write(part);
            }
        }
    }

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "the load of clients that vanish";
    }
}
