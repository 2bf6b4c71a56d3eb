package org.jxenstored.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The program behind {@code xenstore}, {@code xenstore-read} and all the others. */
public final class Main {
    /** What a shell sees of a program that a closed pipe ended. */
    private static final int BROKEN_PIPE = 128 + 13;

    private Main() {}

    /**
     * Runs one tool and ends the JVM.
     *
     * @param arguments the base name the program was called by, then its arguments
     */
    public static void main(String... arguments) {
        List<String> words = RawArguments.of(arguments);
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        OutputStream err = new FileOutputStream(FileDescriptor.err);
        Console console = new Console(words.getFirst(), out, err, new StdoutTerminal());
        boolean optionsFirst = System.getenv("POSIXLY_CORRECT") != null;
        Tools tools = new Tools(console, ClientStore::open, Main::sleepOneSecond, optionsFirst);
        // halt, not exit: there is nothing to shut down, and scripts wait for us.
        Runtime.getRuntime().halt(exitCode(tools, words.subList(1, words.size()), console));
    }

    private static int exitCode(Tools tools, List<String> words, Console console) {
        try {
            int exitCode = tools.run(words);
            console.flush();
            return exitCode;
        } catch (UncheckedIOException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.contains("Broken pipe")) {
                return BROKEN_PIPE;
            }
            console.message("cannot print: " + reason);
            return 1;
        }
    }

    private static void sleepOneSecond() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
