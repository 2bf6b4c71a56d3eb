package org.jxenstored.benchmarks.daemon;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A program that has ended.
 *
 * @param output both its streams
 */
record Finished(int exitCode, String output) {
    static Finished run(String... command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command));
    }

    static Finished run(ProcessBuilder program) throws IOException, InterruptedException {
        Process process = program.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Finished(process.waitFor(), output);
    }

    /**
     * What it printed.
     *
     * @throws IOException with that, if it failed
     */
    String outputOf(String what) throws IOException {
        if (exitCode != 0) {
            throw new IOException(what + " failed: " + output.strip());
        }
        return output;
    }
}
