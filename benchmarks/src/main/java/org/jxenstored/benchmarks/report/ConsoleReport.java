package org.jxenstored.benchmarks.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Tells the terminal how a run goes on, and shows its tables at the end. */
public final class ConsoleReport {
    private final PrintStream out;
    private String between = "";

    public ConsoleReport(PrintStream out) {
        this.out = out;
    }

    /**
     * A row's turn begins: the first part of its line.
     *
     * @param number of the turn, counted from 1
     * @param total how many turns there are
     * @param round counted from 0
     */
    public void begin(int number, int total, int round, RowId row) {
        int digits = Math.max(3, Integer.toString(total).length());
        out.printf(Locale.ROOT, "[%" + digits + "d/%d] round %d: %s ...", number, total, round + 1, row.name());
        between = " ";
        out.flush();
    }

    /** One daemon is through: the next part of the line. */
    public void measured(Measurement measurement) {
        out.print(between + measurement.daemon().title() + " "
                + Numbers.withUnit(measurement.row().figure(), measurement.figure()));
        if (!measurement.hasFigure() && !measurement.note().isBlank()) {
            out.print(" (" + measurement.note() + ")");
        }
        between = "  ";
        out.flush();
    }

    /** Something happened that whoever watches should know. */
    public void note(String text) {
        out.println(text);
    }

    /** The row's turn is over: the end of the line. */
    public void end() {
        out.println();
    }

    /** All tables. */
    public void tables(Conditions conditions, Results results) {
        Tables tables = new Tables(results);
        Table facts = new Table().left("conditions").left("");
        conditions.all().forEach(condition -> facts.row(condition.name(), condition.value()));
        out.println();
        out.print(facts.plain());
        for (String group : tables.groups()) {
            titled(group, tables.figures(group), tables.notes(group));
            titled("", tables.latencies(group), List.of());
        }
        titled("The limit: a bare echo server", tables.floor(), tables.floorNotes());
        titled("Where we meant to be", tables.goals(), List.of());
        out.flush();
    }

    private void titled(String title, Table table, List<String> notes) {
        if (table.isEmpty()) {
            return;
        }
        out.println();
        if (!title.isEmpty()) {
            out.println(title);
        }
        out.print(table.plain());
        notes.forEach(note -> out.println("* " + note));
    }
}
