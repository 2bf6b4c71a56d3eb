package org.jxenstored.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Lines of comma-separated values; a cell with a comma or a quote stands in quotes (RFC 4180). */
final class Csv {
    private Csv() {}

    /** One line, without its end. Line breaks within cells become blanks. */
    static String line(List<String> cells) {
        return cells.stream().map(Csv::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        String oneLine = cell.replaceAll("\\R", " ");
        return oneLine.contains(",") || oneLine.contains("\"") || oneLine.startsWith("#")
                ? '"' + oneLine.replace("\"", "\"\"") + '"'
                : oneLine;
    }

    static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
