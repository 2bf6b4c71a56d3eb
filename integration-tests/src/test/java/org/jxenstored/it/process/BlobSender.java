package org.jxenstored.it.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Sends blobs on one connection after the other: whenever the daemon closes one, the next is opened. */
final class BlobSender implements AutoCloseable {
    private final Path socket;
    private final AtomicLong answered = new AtomicLong();
    private WireClient client;
    private Thread reader;

    BlobSender(Path socket) throws IOException {
        this.socket = socket;
        client = new WireClient(socket);
        reader = read(client);
    }

    /** Answers have to be read, or the daemon would rightly stop to read from us. */
    private Thread read(WireClient from) {
        return Thread.ofVirtual().start(() -> answered.addAndGet(from.readToItsEnd()));
    }

    void send(byte[] blob) throws IOException {
        if (!reader.isAlive()) {
            client.close();
            client = new WireClient(socket);
            reader = read(client);
        }
        try {
            client.send(blob);
        } catch (IOException closedMeanwhile) {
            // The reader has seen or will see the same; the next blob gets a new connection.
            client.close();
        }
    }

    /** Bytes that the daemon answered on connections that have ended. */
    long answered() {
        return answered.get();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
