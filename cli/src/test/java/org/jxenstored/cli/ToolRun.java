package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.OptionalInt;

/**
 * What came of running a tool in this JVM.
 *
 * @param out one character for each byte, as is {@code err}
 */
record ToolRun(int exitCode, String out, String err) {

    /** Runs a tool on a store, without a terminal. */
    static ToolRun on(Store store, String program, String... words) {
        return run(() -> store, OptionalInt.empty(), program, words);
    }

    /** Runs a tool whose stdout is a terminal of that many columns. */
    static ToolRun onTerminal(int columns, Store store, String program, String... words) {
        return run(() -> store, OptionalInt.of(columns), program, words);
    }

    /** Runs a tool without a server to talk to. */
    static ToolRun withoutServer(String program, String... words) {
        return run(
                () -> {
                    throw new StoreException(2, "cannot connect");
                },
                OptionalInt.empty(),
                program,
                words);
    }

    private static ToolRun run(Store.Opener opener, OptionalInt columns, String program, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(program, out, err, () -> columns);
        int exitCode = new Tools(console, opener, () -> {}, false).run(List.of(words));
        return new ToolRun(exitCode, out.toString(ISO_8859_1), err.toString(ISO_8859_1));
    }
}
