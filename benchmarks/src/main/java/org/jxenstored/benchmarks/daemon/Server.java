package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;

/** A process that serves a socket, with a log of what it says. */
final class Server {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration END_LIMIT = Duration.ofSeconds(10);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(1);

    private final Process process;
    private final Path socket;
    private final Path log;
    private final long launched;

    private Server(Process process, Path socket, Path log, long launched) {
        this.process = process;
        this.socket = socket;
        this.log = log;
        this.launched = launched;
    }

    /**
     * Starts one.
     *
     * @param environment in addition to ours
     */
    static Server launch(List<String> command, Map<String, String> environment, Path socket, Path log)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Settings of whoever measures must not send us to another daemon.
        builder.environment().remove("XENSTORED_PATH");
        builder.environment().putAll(environment);
        long launched = System.nanoTime();
        return new Server(builder.start(), socket, log, launched);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns when a client can connect. */
    void awaitConnection() throws IOException {
        connect().close();
    }

    /** Returns how long it took from its launch until the first READ of the root was answered. */
    Duration awaitAnswer() throws IOException {
        try (SocketChannel client = connect()) {
            ByteBuffer message = ByteBuffer.allocate(256);
            new Header(MessageType.READ.number(), 1, 0, 2).write(message);
            message.put((byte) '/').put((byte) 0).flip();
            client.write(message);
            message.clear();
            while (message.position() < Header.SIZE) {
                if (client.read(message) < 0) {
                    throw failed("closed the connection instead of an answer");
                }
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - launched);
            if (Header.read(message.flip()).type() != MessageType.READ.number()) {
                throw failed("does not let us read the root");
            }
            return taken;
        }
    }

    private SocketChannel connect() throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        while (true) {
            try {
                return SocketChannel.open(address);
            } catch (IOException notYet) {
                if (!process.isAlive()) {
                    throw failed("ended with exit code " + process.exitValue());
                }
                if (System.nanoTime() - launched > START_LIMIT.toNanos()) {
                    throw failed("cannot be connected to after " + START_LIMIT.toSeconds() + " s");
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }
    }

    private IOException failed(String what) throws IOException {
        return new IOException("process " + pid() + " " + what + "; it said: "
                + new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).strip());
    }

    /** Ends it, and returns when it is gone. */
    void stop(boolean politely) throws InterruptedException {
        if (politely) {
            process.destroy();
            if (process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        }
        process.destroyForcibly();
        process.waitFor();
    }
}
