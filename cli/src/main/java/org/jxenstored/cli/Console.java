package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.OptionalInt;

/** Where a tool prints: data on stdout, messages that start with the program's name on stderr (C-PROG-4). */
final class Console {
    private final String program;
    private final OutputStream out;
    private final OutputStream err;
    private final Terminal terminal;

    /** How wide the terminal is. */
    @FunctionalInterface
    interface Terminal {
        /** Columns of the terminal behind stdout; empty if that is something else. */
        OptionalInt columns();
    }

    Console(String program, OutputStream out, OutputStream err, Terminal terminal) {
        this.program = program;
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    String program() {
        return program;
    }

    Terminal terminal() {
        return terminal;
    }

    /** Data, as it is. */
    void print(String data) {
        write(out, data);
    }

    /** Sends what was printed so far on its way. */
    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One line on stderr, after the program's name. */
    void message(String text) {
        write(err, program + ": " + text + "\n");
    }

    /** One line on stderr. */
    void messageWithoutName(String text) {
        write(err, text + "\n");
    }

    private static void write(OutputStream to, String text) {
        try {
            to.write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
