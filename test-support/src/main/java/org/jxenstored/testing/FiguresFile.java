package org.jxenstored.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one run found, as a text file: {@code name: value} on each line. It begins with title, command, date, machine and
 * outcome; then come the figures. docs/reliability.md is made of such files.
 */
public final class FiguresFile {
    private static final String SEPARATOR = ": ";
    private static final String PASSED = "passed";
    private static final String FAILED = "FAILED";

    private final List<String> lines = new ArrayList<>();

    /**
     * Begins one, with today's date and this machine.
     *
     * @param title what was shown, as a heading
     * @param command that shows it again, as it is typed in the root of a checkout
     * @param passed what came out
     * @param outcome the same in a sentence
     */
    public FiguresFile(String title, String command, boolean passed, String outcome) {
        add("title", title);
        add("command", command);
        add("date", LocalDate.now(ZoneOffset.UTC).toString());
        add("machine", ThisMachine.inOneLine());
        add("outcome", (passed ? PASSED : FAILED) + SEPARATOR + outcome);
    }

    /** One more figure; those that a reader wants to know first come first. */
    public FiguresFile add(String name, String value) {
        lines.add(name + SEPARATOR + value.replace('\n', ' ').strip());
        return this;
    }

    /** One more figure, a count. */
    public FiguresFile add(String name, long count) {
        return add(name, String.format(Locale.ROOT, "%,d", count));
    }

    public void write(Path file) throws IOException {
        Files.write(file, lines);
    }

    /**
     * For scripts: writes a file of what is on the command line, with the figures that come on standard input.
     *
     * @param arguments the file, title, command, {@code passed} or {@code FAILED}, outcome
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 5 || !List.of(PASSED, FAILED).contains(arguments[3])) {
            System.err.println("usage: FiguresFile FILE TITLE COMMAND passed|FAILED OUTCOME <FIGURES");
            System.exit(2);
        }
        FiguresFile file = new FiguresFile(arguments[1], arguments[2], arguments[3].equals(PASSED), arguments[4]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] figure = line.split(SEPARATOR, 2);
            if (figure.length < 2) {
                System.err.println("this is no figure, which would be \"name: value\": " + line);
                System.exit(2);
            }
            file.add(figure[0], figure[1]);
        }
        file.write(Path.of(arguments[0]));
    }
}
