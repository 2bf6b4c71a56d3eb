package org.jxenstored.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fits a piece of Markdown beneath a heading of the page that takes it in. */
final class Headings {
    private static final Pattern HEADING = Pattern.compile("(#{1,6})( .*)");
    private static final int DEEPEST = 6;

    private Headings() {}

    /** The text with its headings moved down, so that its highest comes after {@code level}; code blocks stay. */
    static String below(int level, String markdown) {
        int highest = DEEPEST + 1;
        for (Line line : lines(markdown)) {
            highest = Math.min(highest, line.level() == 0 ? highest : line.level());
        }
        int down = Math.max(0, level + 1 - highest);
        List<String> moved = new ArrayList<>();
        for (Line line : lines(markdown)) {
            moved.add(line.level() == 0 ? line.text() : line.moved(down));
        }
        return String.join("\n", moved);
    }

    /** A line, and the level of the heading it is; 0 if it is none. */
    private record Line(String text, int level) {
        String moved(int down) {
            return "#".repeat(Math.min(DEEPEST, level + down)) + text.substring(level);
        }
    }

    private static List<Line> lines(String markdown) {
        List<Line> lines = new ArrayList<>();
        boolean code = false;
        for (String text : markdown.split("\n", -1)) {
            code ^= text.startsWith("```");
            Matcher heading = HEADING.matcher(text);
            lines.add(
                    new Line(text, !code && heading.matches() ? heading.group(1).length() : 0));
        }
        return lines;
    }
}
