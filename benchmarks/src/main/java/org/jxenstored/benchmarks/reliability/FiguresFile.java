package org.jxenstored.benchmarks.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jxenstored.benchmarks.report.Conditions;

/**
 * What one run found, as a text file: {@code name: value} on each line. It begins with title, command, date, machine and
 * outcome; then come the figures. A page is made of such files by {@link ReliabilityPage}.
 */
public final class FiguresFile {
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
        add("machine", Conditions.machineInOneLine());
        add("outcome", (passed ? "passed: " : "FAILED: ") + outcome);
    }

    /** One more figure; those that a reader wants to know first come first. */
    public FiguresFile add(String name, String value) {
        lines.add(name + ": " + value.replace('\n', ' ').strip());
        return this;
    }

    /** One more figure, a count. */
    public FiguresFile add(String name, long count) {
        return add(name, String.format(Locale.ROOT, "%,d", count));
    }

    public void write(Path file) throws IOException {
        Files.write(file, lines);
    }
}
