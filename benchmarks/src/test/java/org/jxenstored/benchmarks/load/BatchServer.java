package org.jxenstored.benchmarks.load;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;

/**
 * A daemon that answers WRITE only: on each connection it says nothing until so many requests wait, and then answers
 * all.
 */
final class BatchServer implements AutoCloseable {
    static final int NEVER = Integer.MAX_VALUE;

    private final ServerSocketChannel server;
    private final Path socket;
    private final int batch;
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger mostWaiting = new AtomicInteger();

    private BatchServer(Path socket, int batch) throws IOException {
        this.socket = socket;
        this.batch = batch;
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket), 100);
    }

    static BatchServer start(Path socket, int batch) throws IOException {
        BatchServer started = new BatchServer(socket, batch);
        Thread.ofPlatform().daemon().start(started::accept);
        return started;
    }

    Path socket() {
        return socket;
    }

    /** Requests of all connections. */
    int received() {
        return received.get();
    }

    /** The most that ever waited on one connection. */
    int mostWaiting() {
        return mostWaiting.get();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException _) {
            // Closed: the test is over.
        }
    }

    private void serve(SocketChannel client) {
        ByteBuffer in = ByteBuffer.allocate(1 << 20);
        int answered = 0;
        int waiting = 0;
        try (client) {
            while (client.read(in) >= 0) {
                int count = takeRequests(in);
                received.addAndGet(count);
                waiting += count;
                mostWaiting.accumulateAndGet(waiting, Math::max);
                if (waiting >= batch) {
                    answer(client, answered, waiting);
                    answered += waiting;
                    waiting = 0;
                }
            }
        } catch (IOException _) {
            // The client went away: the test is over.
        }
    }

    private static int takeRequests(ByteBuffer in) {
        int count = 0;
        in.flip();
        while (in.remaining() >= Header.SIZE) {
            Header header = Header.read(in.duplicate());
            if (in.remaining() < Header.SIZE + header.length()) {
                break;
            }
            in.position(in.position() + Header.SIZE + header.length());
            count++;
        }
        in.compact();
        return count;
    }

    private static void answer(SocketChannel client, int from, int count) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(count * (Header.SIZE + 3));
        for (int i = 0; i < count; i++) {
            out.put(Script.message(MessageType.WRITE, from + i, 0, "OK\0"));
        }
        out.flip();
        while (out.hasRemaining()) {
            client.write(out);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
