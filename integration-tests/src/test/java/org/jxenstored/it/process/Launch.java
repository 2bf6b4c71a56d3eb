package org.jxenstored.it.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.daemon.Main;

/** A command line and an environment to start a daemon with, in a JVM of its own. */
final class Launch {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    /** Modes of files must come from the daemon, not from a careful umask. */
    private static final String WITHOUT_UMASK = "umask 0; exec \"$@\"";

    private final Path directory;
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private String script = WITHOUT_UMASK;
    private Class<?> program = Main.class;

    private Launch(Path directory) {
        this.directory = directory;
        environment.put("XENSTORED_RUNDIR", directory.resolve("run").toString());
    }

    /** A daemon whose run directory is {@code run} below this one, unless told otherwise. */
    static Launch in(Path directory) {
        return new Launch(directory);
    }

    /** A simulated machine with this directory, instead of a daemon; what is waited for is the same. */
    static Launch machine(Path directory, Path machine) {
        Launch launch = new Launch(directory).with(machine.toString());
        launch.program = org.jxenstored.sim.machine.Main.class;
        return launch;
    }

    Launch with(String... more) {
        options.addAll(Arrays.asList(more));
        return this;
    }

    /** An option of the JVM that runs it. */
    Launch jvm(String option) {
        jvmOptions.add(option);
        return this;
    }

    /** A script for the shell that starts it: {@code "$@"} is the command. */
    Launch by(String shellScript) {
        this.script = shellScript;
        return this;
    }

    Launch environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Starts it and waits until it says that it is ready. */
    DaemonProcess daemon() throws IOException {
        DaemonProcess daemon = start();
        try {
            daemon.awaitReady();
            return daemon;
        } catch (AssertionError | RuntimeException e) {
            daemon.close();
            throw e;
        }
    }

    /** Starts one that is to end by itself. */
    DaemonProcess.Ended toItsEnd() throws IOException {
        try (DaemonProcess daemon = start()) {
            return daemon.awaitEnd();
        }
    }

    private DaemonProcess start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                script,
                "sh",
                JAVA.toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(options);
        Path messages = Files.createTempFile(directory, "messages", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Files.createTempFile(directory, "output", "").toFile())
                .redirectError(messages.toFile());
        builder.environment()
                .keySet()
                .removeAll(List.of("XENSTORED_PATH", "XDG_RUNTIME_DIR", "NOTIFY_SOCKET", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        Path socket = Path.of(environment.getOrDefault(
                "XENSTORED_PATH",
                Path.of(environment.getOrDefault("XENSTORED_RUNDIR", ""), "socket")
                        .toString()));
        return new DaemonProcess(builder.start(), socket, messages);
    }
}
