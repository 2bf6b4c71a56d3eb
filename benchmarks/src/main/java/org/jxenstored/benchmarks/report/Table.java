package org.jxenstored.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A table of text with aligned columns, for a terminal or as Markdown that reads well raw too. */
public final class Table {
    /** Where a column's text stands. */
    enum Side {
        LEFT,
        RIGHT
    }

    private record Column(String title, Side side) {}

    private final List<Column> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a column of words. */
    public Table left(String title) {
        columns.add(new Column(title, Side.LEFT));
        return this;
    }

    /** Adds a column of numbers. */
    public Table right(String title) {
        columns.add(new Column(title, Side.RIGHT));
        return this;
    }

    /** As many cells as there are columns. */
    public void row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** For a terminal. */
    public String plain() {
        int[] widths = widths(UnaryOperator.identity());
        StringBuilder text = new StringBuilder();
        List<List<String>> lines = new ArrayList<>(rows);
        lines.addFirst(titles());
        for (List<String> line : lines) {
            text.append(joined(line, widths, "  ").stripTrailing()).append('\n');
        }
        return text.toString();
    }

    String markdown() {
        int[] widths = widths(Table::escaped);
        StringBuilder text = new StringBuilder();
        markdownLine(text, titles(), widths);
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            boolean right = columns.get(i).side() == Side.RIGHT;
            rules.add("-".repeat(right ? widths[i] - 1 : widths[i]) + (right ? ":" : ""));
        }
        markdownLine(text, rules, widths);
        for (List<String> row : rows) {
            markdownLine(text, row.stream().map(Table::escaped).toList(), widths);
        }
        return text.toString();
    }

    private void markdownLine(StringBuilder text, List<String> cells, int[] widths) {
        text.append("| ").append(joined(cells, widths, " | ")).append(" |\n");
    }

    private String joined(List<String> cells, int[] widths, String between) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - cells.get(i).length());
            padded.add(columns.get(i).side() == Side.LEFT ? cells.get(i) + space : space + cells.get(i));
        }
        return String.join(between, padded);
    }

    private List<String> titles() {
        return columns.stream().map(Column::title).toList();
    }

    /** At least two, which a column's rule in Markdown needs. */
    private int[] widths(UnaryOperator<String> shown) {
        int[] widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            int widest = rows.stream()
                    .mapToInt(row -> shown.apply(row.get(column)).length())
                    .max()
                    .orElse(0);
            widths[i] = Math.max(2, Math.max(columns.get(i).title().length(), widest));
        }
        return widths;
    }

    private static String escaped(String cell) {
        return cell.replace("|", "\\|").replace('\n', ' ');
    }
}
