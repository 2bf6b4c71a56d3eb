package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jxenstored.client.Endpoint;
import org.jxenstored.client.Reconnection;
import org.jxenstored.client.XenstoreClient;

/** A daemon that runs, or ran; closing it kills it. */
final class DaemonProcess implements AutoCloseable {
    /** How long something that has to happen may take on a slow machine. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Pattern TCP = Pattern.compile("tcp:127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path socket;
    private final Path messages;

    /**
     * How a daemon ended.
     *
     * @param messages what it wrote to standard error
     */
    record Ended(int exitCode, String messages) {}

    DaemonProcess(Process process, Path socket, Path messages) {
        this.process = process;
        this.socket = socket;
        this.messages = messages;
    }

    void awaitReady() {
        await().atMost(PATIENCE).until(() -> messages().contains("Ctrl-C") || !process.isAlive());
        assertThat(process.isAlive()).as("daemon lives: %s", messages()).isTrue();
    }

    /** Waits until it ends by itself. */
    Ended awaitEnd() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("daemon ends: %s", messages())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the daemon's end", e);
        }
        return new Ended(process.exitValue(), messages());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it wrote to standard error so far. */
    String messages() {
        try {
            return Files.readString(messages);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path socket() {
        return socket;
    }

    /** The port of its listener on the loopback address, which the system chose. */
    int tcpPort() {
        Matcher port = TCP.matcher(messages());
        assertThat(port.find()).as("a TCP address in: %s", messages()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    /** A client on the standard socket. */
    XenstoreClient client() {
        return client(Reconnection.standard());
    }

    /** A client on the standard socket that outlives the daemon like that. */
    XenstoreClient client(Reconnection reconnection) {
        return XenstoreClient.connect(new Endpoint.UnixSocket(socket), reconnection);
    }

    /**
     * Sends a signal.
     *
     * @param name without SIG
     */
    void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
        assertThat(kill.waitFor()).isZero();
    }

    @Override
    public void close() {
        var _ = process.destroyForcibly();
        process.onExit().join();
    }
}
