package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A daemon that runs, in a directory of its own. */
public final class RunningDaemon implements AutoCloseable {
    /** Long enough to tell idle from busy by figures that count in 10 ms. */
    private static final Duration LOOK = Duration.ofMillis(40);

    private final Kind kind;
    private final Path runDirectory;
    private final Server server;

    RunningDaemon(Kind kind, Path runDirectory, Server server) {
        this.kind = kind;
        this.runDirectory = runDirectory;
        this.server = server;
    }

    static Path socketIn(Path runDirectory) {
        return runDirectory.resolve("socket");
    }

    static Path shimIn(Path runDirectory) {
        return runDirectory.resolve("shim");
    }

    public Kind kind() {
        return kind;
    }

    public Path socket() {
        return socketIn(runDirectory);
    }

    public Path runDirectory() {
        return runDirectory;
    }

    /** The pretended machine, for {@link org.jxenstored.benchmarks.machine.RingGuest#connect}. */
    public Path shimDirectory() {
        return shimIn(runDirectory);
    }

    public long pid() {
        return server.pid();
    }

    /** Resident memory (VmRSS). */
    public long residentBytes() throws IOException {
        return ProcessFigures.residentBytes(pid());
    }

    /** File descriptors it has open. */
    public int openFiles() throws IOException {
        return ProcessFigures.openFiles(pid());
    }

    /** Threads of the process, the JVM's own too. */
    public int threads() throws IOException {
        return ProcessFigures.threads(pid());
    }

    /** What it has used of processors since its start, in the kernel too, to 10 ms. */
    public Duration cpuTime() throws IOException {
        return ProcessFigures.cpuTime(pid());
    }

    /**
     * Waits until it uses less than half a processor.
     *
     * @return if it does; otherwise the time is over
     */
    public boolean awaitIdle(int seconds) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Duration before = cpuTime();
        do {
            Thread.sleep(LOOK);
            Duration now = cpuTime();
            if (now.minus(before).compareTo(LOOK.dividedBy(2)) < 0) {
                return true;
            }
            before = now;
        } while (System.nanoTime() < end);
        return false;
    }

    public boolean isAlive() {
        return server.isAlive();
    }

    /** Ends it by SIGKILL; its directory stays as it is. */
    public void kill() throws IOException {
        stop(false);
    }

    /**
     * Ends it by SIGTERM, after 10 seconds by SIGKILL, and removes its directory. At SIGTERM oxenstored stops to listen but
     * lives on, so it gets SIGKILL at once.
     */
    @Override
    public void close() throws IOException {
        stop(kind != Kind.OCAML);
        RunDirectories.remove(runDirectory);
    }

    private void stop(boolean politely) throws IOException {
        try {
            server.stop(politely);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + kind.title() + " ended", e);
        }
    }
}
