package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jxenstored.cli.Main;

/** A tool {@code xenstore-watch} at work: Debian's or ours. */
final class Watching implements AutoCloseable {
    /** Where Debian's tool is. */
    static final Path DEBIANS = Path.of("/usr/bin/xenstore-watch");

    private final Process process;
    private final Path output;

    private Watching(List<String> program, DaemonProcess daemon, Path directory, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(Arrays.asList(arguments));
        output = Files.createTempFile(directory, "watch", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("XENSTORED_PATH", daemon.socket().toString());
        process = builder.start();
    }

    static Watching withDebiansTool(DaemonProcess daemon, Path directory, String... arguments) throws IOException {
        return new Watching(List.of(DEBIANS.toString()), daemon, directory, arguments);
    }

    static Watching withOurTool(DaemonProcess daemon, Path directory, String... arguments) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> program = List.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "xenstore-watch");
        return new Watching(program, daemon, directory, arguments);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(output);
    }

    /** Waits until it has printed this many lines. */
    void awaitLines(int count) {
        await().atMost(DaemonProcess.PATIENCE).until(() -> lines().size() >= count);
    }

    /** What it printed, once it has ended by itself. */
    List<String> toItsEnd() throws IOException, InterruptedException {
        assertThat(process.waitFor(DaemonProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("xenstore-watch ends, having printed %s", lines())
                .isTrue();
        assertThat(process.exitValue()).isZero();
        return lines();
    }

    @Override
    public void close() {
        var _ = process.destroyForcibly();
        process.onExit().join();
    }
}
