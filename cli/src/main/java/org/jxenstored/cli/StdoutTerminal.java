package org.jxenstored.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/** The terminal behind this process's stdout, if there is one. */
final class StdoutTerminal implements Console.Terminal {
    private static final Path STDOUT = Path.of("/proc/self/fd/1");

    /** The shell has our stdout as its own; the answer comes back through its stderr. */
    private static final String ASK = "if [ -t 1 ]; then stty size <&1 >&2; fi";

    @Override
    public OptionalInt columns() {
        if (isSurelyNoTerminal()) {
            return OptionalInt.empty();
        }
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-c", ASK)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return parse(new String(shell.getErrorStream().readAllBytes(), ISO_8859_1));
        } catch (IOException e) {
            return OptionalInt.empty(); // without a shell to ask, 80 columns do
        }
    }

    /** The second number of {@code rows columns}; empty for anything else. */
    static OptionalInt parse(String size) {
        String[] numbers = size.strip().split(" ", -1);
        if (numbers.length != 2 || !numbers[1].matches("[0-9]{1,5}")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(numbers[1]));
    }

    /** Saves the start of a shell for files and pipes, which is what scripts have. */
    private static boolean isSurelyNoTerminal() {
        try {
            String target = Files.readSymbolicLink(STDOUT).toString();
            return !target.startsWith("/dev/") || target.equals("/dev/null");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
