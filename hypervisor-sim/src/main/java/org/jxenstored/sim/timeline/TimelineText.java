package org.jxenstored.sim.timeline;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A timeline for people: one line a step, with the seconds since the machine was switched on, who told or did it to
 * whom, and what it was.
 */
public final class TimelineText {
    private static final String ARROW = " -> ";

    private TimelineText() {}

    /** The steps in the given order; each line ends with a line feed. Empty if there are none. */
    public static String of(List<Happening> happenings) {
        int clock = width(happenings.stream().map(TimelineText::seconds).toList());
        int from = width(happenings.stream().map(TimelineText::from).toList());
        int to = width(happenings.stream().map(TimelineText::to).toList());
        String format = "%" + clock + "s  %-" + from + "s%s%-" + to + "s  %s\n";
        return happenings.stream()
                .map(happening -> String.format(
                        Locale.ROOT,
                        format,
                        seconds(happening),
                        from(happening),
                        isAlone(happening) ? " ".repeat(ARROW.length()) : ARROW,
                        to(happening),
                        printable(happening.what())))
                .collect(Collectors.joining());
    }

    private static int width(List<String> column) {
        return Math.max(1, column.stream().mapToInt(String::length).max().orElse(0));
    }

    private static String seconds(Happening happening) {
        return String.format(Locale.ROOT, "%d.%03d", happening.millis() / 1000, happening.millis() % 1000);
    }

    private static String from(Happening happening) {
        return printable(happening.from().name());
    }

    private static String to(Happening happening) {
        return isAlone(happening) ? "" : printable(happening.to().name());
    }

    private static boolean isAlone(Happening happening) {
        return happening.from().equals(happening.to());
    }

    /** A guest may have chosen a part of the text: no line feed and no escape sequence of it reaches a terminal. */
    private static String printable(String text) {
        return text.codePoints()
                .map(point -> Character.isISOControl(point) ? '.' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
