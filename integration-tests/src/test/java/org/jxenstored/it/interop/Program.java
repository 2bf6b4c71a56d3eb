package org.jxenstored.it.interop;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * How a client program is started.
 *
 * @param words the command so far; arguments come behind
 */
record Program(List<String> words) {
    private static final List<String> JVM_OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED",
            "-Dstdout.encoding=ISO-8859-1");

    /**
     * A program of the machine. If it is not installed, the test is skipped; where CI is set, it fails.
     *
     * @param hint what to install
     */
    static Program installed(Path file, String hint) {
        required(Files.isExecutable(file), file + " is missing: install " + hint + " to have this tested");
        return new Program(List.of(file.toString()));
    }

    /** Something a test cannot do without: it is skipped; where CI is set, it fails. */
    static void required(boolean there, String missing) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.assertTrue(there, missing);
        } else {
            Assumptions.assumeTrue(there, missing);
        }
    }

    /** A tool of Debian's package xenstore-utils. */
    static Program debian(String name) {
        return name.equals("xenstore-control")
                ? xen(name) // the one in /usr/bin refuses to work without Xen
                : installed(Path.of("/usr/bin", name), "the package xenstore-utils");
    }

    /** A program that Debian keeps in the directory of this Xen version. */
    static Program xen(String name) {
        return installed(Path.of("/usr/lib/xen-4.17/bin", name), "the package xen-utils-4.17");
    }

    /** One of our own tools, in a JVM of its own. */
    static Program ours(String name) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(JVM_OPTIONS);
        words.addAll(List.of("-cp", classPath, "org.jxenstored.cli.Main", name));
        return new Program(words);
    }

    /** A process of this program whose store is behind that socket. */
    Process start(Path socket, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(words);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("XENSTORED_PATH", socket.toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectInput(new File("/dev/null"));
        return builder.start();
    }

    /** Runs to the end. */
    Run run(Path socket, String... arguments) throws IOException, InterruptedException {
        return Run.of(start(socket, List.of(arguments)));
    }
}
