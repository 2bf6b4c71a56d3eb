package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** The program in a JVM of its own, as the launchers start it. */
class MainTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path directory;

    @Test
    @DisplayName("C-ESC-4, C-WRITE-4: every byte of an argument arrives, in the C locale as well")
    void everyByteOfAnArgumentArrives() throws Exception {
        try (ScriptedServer server = server()) {
            ToolRun run =
                    run("exec \"$@\" \"$(printf '\\377?\\303\\244')\" ''", "xenstore-write", "-R", "/a", "1", "/b");
            assertThat(run).isEqualTo(new ToolRun(1, "", run.err()));
            assertThat(run.err()).contains("Usage:");

            run = run("exec \"$@\" \"$(printf '\\377?\\303\\244')\"", "xenstore-write", "-R", "/a");
            assertThat(run).isEqualTo(new ToolRun(0, "", ""));
            assertThat(server.requests)
                    .extracting(Message::payload)
                    .containsExactly(Value.of("/a\0\u00ff?\u00c3\u00a4"));
        }
    }

    @Test
    @DisplayName("C-READ-3: every byte of a value is printed")
    void everyByteOfAValueIsPrinted() throws Exception {
        try (ScriptedServer server = server()) {
            assertThat(run("exec \"$@\"", "xenstore-read", "-R", "/a"))
                    .isEqualTo(new ToolRun(0, "\0\u00ff\u0080\n", ""));
            assertThat(server.requests).hasSize(1);
        }
    }

    @Test
    @DisplayName("C-T-4: without a server the exit code is 1")
    void withoutAServerTheExitCodeIs1() throws Exception {
        ToolRun run = run("exec \"$@\"", "xenstore-read", "/a");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("xenstore-read: ");
    }

    @Test
    @DisplayName("C-PROG-5: with POSIXLY_CORRECT the first operand ends the options")
    void withPosixlyCorrectTheFirstOperandEndsTheOptions() throws Exception {
        try (ScriptedServer server = server()) {
            run("POSIXLY_CORRECT=1 exec \"$@\"", "xenstore-watch", "/a", "-n", "0");
            assertThat(server.requests.getFirst().payload()).isEqualTo(Value.of("/a\0/a\0"));
            assertThat(server.requests.get(1).payload()).isEqualTo(Value.of("-n\0-n\0"));
        }
    }

    /** Gives a binary value for READ, hangs up at the key {@code -n}, and answers OK to the rest. */
    private ScriptedServer server() throws IOException {
        return new ScriptedServer(directory.resolve("socket"), request -> {
            if (request.payload().text().startsWith("-n")) {
                return List.of();
            }
            return List.of(request.reply(Value.of(request.isOfType(MessageType.READ) ? "\0\u00ff\u0080\n" : "OK\0")));
        });
    }

    /** Runs a shell script whose arguments are the program and its arguments. */
    private ToolRun run(String script, String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh", JAVA.toString(), "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(Main.class.getName());
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("XENSTORED_PATH", directory.resolve("socket").toString());
        Path err = directory.resolve("err");
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        return new ToolRun(process.waitFor(), out, Files.readString(err, ISO_8859_1));
    }
}
