package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** {@code benchmarks/echo/echo.c}, running: what the system calls alone cost. */
public final class EchoServer implements AutoCloseable {
    private final Path directory;
    private final Server server;

    private EchoServer(Path directory, Server server) {
        this.directory = directory;
        this.server = server;
    }

    /**
     * Builds it if needed, with gcc, and starts it; it can be connected to when this returns.
     *
     * @param cpu the processor it stays on; empty for all
     */
    public static EchoServer start(OptionalInt cpu) throws IOException, InterruptedException {
        Path program = build(Checkout.find());
        Path directory = RunDirectories.make();
        Path socket = socketIn(directory);
        List<String> command = new ArrayList<>(Pinning.prefix(cpu));
        command.add(program.toString());
        command.add(socket.toString());
        EchoServer echo = new EchoServer(directory, Server.launch(command, Map.of(), socket, directory.resolve("log")));
        try {
            echo.server.awaitConnection();
            return echo;
        } catch (IOException e) {
            echo.close();
            throw e;
        }
    }

    private static Path build(Checkout checkout) throws IOException, InterruptedException {
        Path source = checkout.echoSource();
        Path program = checkout.built().resolve("echo");
        if (Files.notExists(program)
                || Files.getLastModifiedTime(program).compareTo(Files.getLastModifiedTime(source)) < 0) {
            Path fresh = Files.createTempFile(checkout.built(), "echo", "");
            Finished.run("gcc", "-O2", "-Wall", "-Wextra", "-o", fresh.toString(), source.toString())
                    .outputOf("gcc of " + source);
            Files.move(fresh, program, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        return program;
    }

    private static Path socketIn(Path directory) {
        return directory.resolve("socket");
    }

    public Path socket() {
        return socketIn(directory);
    }

    public long pid() {
        return server.pid();
    }

    @Override
    public void close() throws IOException {
        try {
            server.stop(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the echo server ended", e);
        }
        RunDirectories.remove(directory);
    }
}
