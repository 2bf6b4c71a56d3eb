package org.jxenstored.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes docs/performance.md. */
public final class MarkdownReport {
    private static final String HEAD = """
            # Performance

            Made by `benchmarks/compare` (`MarkdownReport`) from one run; do not edit. Explanations stand in `benchmarks/remarks/`.

            jxenstored beside Xen's own daemons in C and OCaml, as Debian ships them: the same work from the same load generator
            in the same run. `benchmarks/compare` starts them all, lets them take turns round by round, and writes this page.
            A figure is the median of its rounds. *Ours / better peer* says how many times better ours is than that of the peer
            whose median is the better one, and which peer that is; in brackets stand the least and the most of it, each round
            of ours against the same round of the peer. Latencies are counted from when a request was due, of all rounds
            together. Ratios are rounded down. A dash: not measured, or too few operations for that percentile.
            Nobody has a turn before the one before has come to rest; who is still busy after 10 s (oxenstored, when a
            thousand connections with watches were closed) is started anew.
            """;

    private final ReportFiles files;

    public MarkdownReport(ReportFiles files) {
        this.files = files;
    }

    /** Writes the page anew, with remarks and the results of JMH as they are in their files now. */
    public void write(Conditions conditions, Results results) throws IOException {
        Path page = files.page();
        Files.createDirectories(page.toAbsolutePath().getParent());
        Files.writeString(page, text(conditions, results));
    }

    String text(Conditions conditions, Results results) throws IOException {
        Tables tables = new Tables(results);
        StringBuilder page = new StringBuilder(HEAD);
        conditions(page, conditions);
        goals(page, tables);
        for (String group : tables.groups()) {
            heading(page, group);
            page.append(tables.figures(group).markdown());
            Table latencies = tables.latencies(group);
            if (!latencies.isEmpty()) {
                page.append('\n').append(latencies.markdown());
            }
            notes(page, tables.notes(group));
        }
        floor(page, tables);
        notReached(page, tables.rows());
        micro(page);
        return page.toString();
    }

    private static void heading(StringBuilder page, String title) {
        page.append("\n## ").append(title).append("\n\n");
    }

    private static void conditions(StringBuilder page, Conditions conditions) {
        heading(page, "Conditions");
        Table table = new Table().left("").left("");
        conditions.all().forEach(condition -> table.row(condition.name(), condition.value()));
        page.append(table.markdown());
    }

    private static void goals(StringBuilder page, Tables tables) {
        Table goals = tables.goals();
        if (!goals.isEmpty()) {
            heading(page, "Where we meant to be");
            page.append(goals.markdown());
        }
    }

    private static void notes(StringBuilder page, List<String> notes) {
        if (!notes.isEmpty()) {
            page.append('\n');
            notes.forEach(note -> page.append("- ").append(note).append('\n'));
        }
    }

    private static void floor(StringBuilder page, Tables tables) {
        Table floor = tables.floor();
        if (!floor.isEmpty()) {
            heading(page, "The limit");
            page.append("""
                    A bare echo server knows nothing and answers every request at once, on the same kind of socket, in the same run: what
                    the system calls alone cost.

                    """);
            page.append(floor.markdown());
            notes(page, tables.floorNotes());
        }
    }

    private void notReached(StringBuilder page, List<RowResult> rows) throws IOException {
        List<RowResult> open = rows.stream()
                .filter(result -> switch (result.verdict().outcome()) {
                    case MISSED, UNDECIDED -> true;
                    case REACHED, NO_GOAL -> false;
                })
                .toList();
        if (open.isEmpty()) {
            return;
        }
        heading(page, "What is not reached, and why");
        String between = "";
        for (RowResult result : open) {
            RowId row = result.row();
            page.append(between).append("### ").append(row.name()).append("\n\n");
            page.append("Goal: ").append(row.goal().text()).append(". ");
            page.append("Measured: ").append(Tables.measured(result)).append("; ");
            page.append(result.verdict().text()).append(".\n\n");
            page.append(remark(row)).append('\n');
            between = "\n";
        }
    }

    private String remark(RowId row) throws IOException {
        Path file = files.remark(row);
        return Files.exists(file)
                ? Files.readString(file).strip()
                : "No explanation is written yet (`" + ReportFiles.remarkName(row) + "`).";
    }

    private void micro(StringBuilder page) throws IOException {
        if (Files.exists(files.micro())) {
            heading(page, "Time and allocation of single steps");
            page.append("By JMH (`benchmarks/micro/run`), within one JVM and without sockets.\n\n");
            page.append(Headings.below(2, Files.readString(files.micro()).strip()))
                    .append('\n');
        }
    }
}
