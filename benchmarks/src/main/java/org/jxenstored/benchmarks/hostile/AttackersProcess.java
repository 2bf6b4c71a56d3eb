package org.jxenstored.benchmarks.hostile;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jxenstored.benchmarks.daemon.Pinning;
import org.jxenstored.benchmarks.daemon.RunningDaemon;

/** The process of the {@link Attackers}: it gets a processor only while nobody else wants it. */
final class AttackersProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    private AttackersProcess(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it, and returns when all its guests are there; they are quiet yet. */
    static AttackersProcess start(RunningDaemon daemon, int firstDomid, int guests, long seed, Pinning pinning)
            throws IOException {
        List<String> command = new ArrayList<>(pinning.prefix());
        command.addAll(List.of("nice", "-n", "19"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx512m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Attackers.class.getName()));
        command.addAll(List.of(
                daemon.socket().toString(),
                daemon.shimDirectory().toString(),
                Integer.toString(firstDomid),
                Integer.toString(guests),
                Long.toString(seed)));
        AttackersProcess started = new AttackersProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        String first = started.said.readLine();
        if (!"ready".equals(first)) {
            started.close();
            throw new IOException("the hostile guests did not come: " + first);
        }
        return started;
    }

    /** Lets them do what they like. */
    void attack() throws IOException {
        OutputStream orders = process.getOutputStream();
        orders.write('\n');
        orders.flush();
    }

    /** Ends them all; returns what they did. */
    String end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        List<String> lines = said.lines().toList();
        if (process.waitFor() != 0 || lines.size() != 1) {
            throw new IOException("the hostile guests ended early: " + lines);
        }
        return lines.getFirst();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
