package org.jxenstored.it.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jxenstored.cli.Main;

/** Runs a command line tool until it ends. */
final class ToolProcess {
    /** Where Debian's {@code xenstore-control} is. */
    static final Path DEBIANS_CONTROL = Path.of("/usr/lib/xen-4.17/bin/xenstore-control");

    private ToolProcess() {}

    /**
     * How a tool ended.
     *
     * @param output what it wrote to standard output and standard error
     */
    record Ended(int exitCode, String output) {}

    /** One of ours, by its name. */
    static Ended ours(String tool, DaemonProcess daemon, String... arguments) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        tool),
                daemon,
                arguments);
    }

    static Ended run(Path program, DaemonProcess daemon, String... arguments) throws Exception {
        return run(List.of(program.toString()), daemon, arguments);
    }

    private static Ended run(List<String> program, DaemonProcess daemon, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(program);
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XENSTORED_PATH", daemon.socket().toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(DaemonProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%s ends", command)
                .isTrue();
        return new Ended(process.exitValue(), output);
    }
}
