package org.jxenstored.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Kind;

/** The tables of a run, the same ones for the terminal and for the page. */
final class Tables {
    private static final List<Kind> DAEMONS = List.of(Kind.C, Kind.OCAML, Kind.JAVA);

    private final List<RowResult> rows;

    Tables(Results results) {
        rows = results.rows();
    }

    List<RowResult> rows() {
        return rows;
    }

    /** Headings, in the order in which they first came; without those that only the echo server has rows of. */
    List<String> groups() {
        return rows.stream()
                .filter(RowResult::isOfDaemons)
                .map(result -> result.row().group())
                .distinct()
                .toList();
    }

    private List<RowResult> of(String group) {
        return rows.stream()
                .filter(RowResult::isOfDaemons)
                .filter(result -> result.row().group().equals(group))
                .toList();
    }

    /** All rows for which something was promised. */
    Table goals() {
        Table table = new Table().left("work").left("goal").left("measured").left("verdict");
        for (RowResult result : rows) {
            Goal goal = result.row().goal();
            if (goal.isAny()) {
                table.row(
                        result.row().name(),
                        goal.text(),
                        measured(result),
                        result.verdict().text());
            }
        }
        return table;
    }

    /** What a goal looks at: the comparison, or our own figure where the goal is a limit. */
    static String measured(RowResult result) {
        List<String> parts = new ArrayList<>();
        if (result.row().goal().needsPeer()) {
            parts.add(ratio(result));
        }
        if (result.row().goal().hasLimit()) {
            parts.add(result.withFigure(Kind.JAVA)
                    .map(ours -> withRange(result.row().figure(), ours))
                    .orElse(Numbers.NONE));
        }
        return String.join("; ", parts);
    }

    private static String withRange(Figure figure, Sample sample) {
        return Numbers.withUnit(figure, sample.median())
                + range(Numbers.figure(figure, sample.least()), Numbers.figure(figure, sample.most()));
    }

    /** The better peer, how many times better we are, and the least and most of that over the rounds. */
    static String ratio(RowResult result) {
        Optional<Comparison> comparison = result.comparison();
        if (comparison.isEmpty()) {
            return Numbers.NONE;
        }
        Comparison found = comparison.get();
        return Numbers.ratio(found.ratio()) + " " + found.peer().title()
                + range(Numbers.ratio(found.least()), Numbers.ratio(found.most()));
    }

    private static String range(String least, String most) {
        return least.equals(Numbers.NONE) ? "" : " (" + least + ".." + most + ")";
    }

    /** The figures of one group. */
    Table figures(String group) {
        Table table = new Table().left("work").left("unit");
        DAEMONS.forEach(kind -> table.right(kind.title()));
        table.left("ours / better peer (over the rounds)").left("goal");
        for (RowResult result : of(group)) {
            RowId row = result.row();
            table.row(
                    row.name(),
                    row.figure().unit(),
                    figure(result, Kind.C),
                    figure(result, Kind.OCAML),
                    figure(result, Kind.JAVA),
                    ratio(result),
                    goal(result));
        }
        return table;
    }

    private static String figure(RowResult result, Kind kind) {
        Sample sample = result.of(kind);
        return sample == null ? Numbers.NONE : Numbers.figure(result.row().figure(), sample.median());
    }

    private static String goal(RowResult result) {
        Verdict verdict = result.verdict();
        return verdict.outcome() == Verdict.Outcome.REACHED
                ? result.row().goal().text() + ": reached"
                : verdict.text();
    }

    /** The latencies of one group, in microseconds; rows without any are left out. */
    Table latencies(String group) {
        Table table = new Table().left("latency in us, p50 / p99 / p99.9");
        DAEMONS.forEach(kind -> table.right(kind.title()));
        for (RowResult result : of(group)) {
            if (DAEMONS.stream().anyMatch(kind -> hasLatencies(result.of(kind)))) {
                table.row(
                        result.row().name(),
                        percentiles(result.of(Kind.C)),
                        percentiles(result.of(Kind.OCAML)),
                        percentiles(result.of(Kind.JAVA)));
            }
        }
        return table;
    }

    private static boolean hasLatencies(@Nullable Sample sample) {
        return sample != null && sample.hasLatencies();
    }

    private static String percentiles(@Nullable Sample sample) {
        if (sample == null || !sample.hasLatencies()) {
            return Numbers.NONE;
        }
        return Numbers.number(sample.p50()) + " / " + Numbers.number(sample.p99()) + " / "
                + Numbers.number(sample.p999());
    }

    /** What is to be said beside the rows of one group, a line each. */
    List<String> notes(String group) {
        return notes(of(group));
    }

    /** The same for the rows that only the echo server has. */
    List<String> floorNotes() {
        return notes(rows.stream().filter(result -> !result.isOfDaemons()).toList());
    }

    private static List<String> notes(List<RowResult> results) {
        return results.stream().flatMap(result -> notes(result).stream()).toList();
    }

    private static List<String> notes(RowResult result) {
        List<String> lines = new ArrayList<>();
        for (Sample sample : result.samples().values()) {
            List<String> said = new ArrayList<>(sample.notes());
            if (sample.hasFigure() && sample.figureCount() < sample.rounds()) {
                said.add("a figure in " + sample.figureCount() + " of " + sample.rounds() + " rounds only");
            }
            if (!said.isEmpty()) {
                lines.add(result.row().name() + ", " + sample.daemon().title() + ": " + String.join("; ", said));
            }
        }
        return lines;
    }

    /** Beside the echo server, for every row it has. */
    Table floor() {
        Table table = new Table()
                .left("work")
                .left("unit")
                .right(Kind.JAVA.title())
                .right(Kind.ECHO.title())
                .right("our share of the echo's speed")
                .right("latency of the echo in us, p50 / p99 / p99.9");
        for (RowResult result : rows) {
            Optional<Sample> echo = result.withFigure(Kind.ECHO);
            if (echo.isPresent()) {
                Figure figure = result.row().figure();
                double share = result.withFigure(Kind.JAVA)
                        .map(ours -> figure.ratio(ours.median(), echo.get().median()))
                        .orElse(Double.NaN);
                table.row(
                        result.row().name(),
                        figure.unit(),
                        figure(result, Kind.JAVA),
                        figure(result, Kind.ECHO),
                        Numbers.percent(share),
                        percentiles(echo.get()));
            }
        }
        return table;
    }
}
