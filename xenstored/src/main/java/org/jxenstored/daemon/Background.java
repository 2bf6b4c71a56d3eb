package org.jxenstored.daemon;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Going to the background (S-RUN-7).
 *
 * <p>A JVM cannot fork. The process that the user started runs the same command once more, with a property
 * that tells the new one what it is, and ends when that one says on its standard output that it is ready.
 */
final class Background {
    private static final String PROPERTY = "jxenstored.background";
    private static final String READY = "ready";

    private Background() {}

    /** True in the process that stays. */
    static boolean isChild() {
        return Boolean.getBoolean(PROPERTY);
    }

    /**
     * Starts the process that stays and waits until it serves clients.
     *
     * @return the exit code for this process: 0, or the other one's if it ended
     */
    static int spawn() throws StartException {
        List<String> command = ownCommand();
        command.add(1, "-D" + PROPERTY + "=true");
        try {
            Process child = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader output = child.inputReader()) {
                // The JVM may have something to say of its own before.
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    if (line.equals(READY)) {
                        return 0;
                    }
                }
            }
            return child.waitFor();
        } catch (IOException e) {
            throw new StartException(
                    "--daemonize: cannot start " + command.getFirst() + " (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** What started this process, word by word. */
    private static List<String> ownCommand() throws StartException {
        try {
            String words = Files.readString(
                    Path.of("/proc/self/cmdline"), Charset.forName(System.getProperty("native.encoding")));
            List<String> command = new ArrayList<>(Arrays.asList(words.split("\0", -1)));
            command.removeLast();
            command.set(0, ProcessHandle.current().info().command().orElse(command.getFirst()));
            return command;
        } catch (IOException e) {
            throw new StartException("--daemonize works on Linux only; start it with a service manager instead", e);
        }
    }

    /** First act of the process that stays. */
    static void leaveSession() {
        Libc.setsid();
    }

    /** Tells the waiting process that clients can connect, and lets go of terminal and working directory. */
    static void ready() {
        System.out.println(READY);
        System.out.flush();
        Libc.chdirToRoot();
        Libc.detachStandardStreams();
    }
}
