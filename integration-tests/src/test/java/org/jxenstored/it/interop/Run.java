package org.jxenstored.it.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What a program did.
 *
 * @param out standard output, a character for each byte; {@code err} the same for standard error
 */
record Run(int exitCode, String out, String err) {
    private static final long PATIENCE_SECONDS = 60;

    /** Waits for the end of the process. */
    static Run of(Process process) throws InterruptedException {
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(process.info().commandLine().orElse("the program") + " did not end within "
                    + PATIENCE_SECONDS + " seconds");
        }
        return new Run(process.exitValue(), out.join(), err.join());
    }

    private static String read(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what the program prints", e);
        }
    }

    /** In the notation of the golden files. */
    String shown() {
        StringBuilder shown = new StringBuilder(out);
        if (!out.isEmpty() && !out.endsWith("\n")) {
            shown.append("[no newline]\n");
        }
        if (!err.isEmpty()) {
            shown.append("[message]\n");
        }
        if (exitCode != 0) {
            shown.append('[').append(exitCode).append("]\n");
        }
        return shown.toString();
    }
}
