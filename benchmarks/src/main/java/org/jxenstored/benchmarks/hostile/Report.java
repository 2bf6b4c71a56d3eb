package org.jxenstored.benchmarks.hostile;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.jxenstored.benchmarks.report.Table;

/** What a storm showed, for people, and whether that is as it should be. */
final class Report {
    /** dom0 may wait so many times as long as when all is quiet, but for one request in a hundred. */
    static final double SLOWER_MAX = 3;

    private static final double MIB = 1024 * 1024;

    private final Storm.Result result;
    private final HeapBound bound;

    Report(Storm.Result result, int guests) {
        this.result = result;
        this.bound = new HeapBound(result.quotas(), guests, result.heapBefore());
    }

    static void progress(Storm.Part part) {
        System.out.printf(
                Locale.ROOT,
                "%s: dom0 p99 %.2f ms, guests that behave p99 %.2f ms, worst %.0f ms; daemon %.0f %% of a processor,"
                        + " others on the host took %.0f %%%n",
                part.name(),
                Waits.millis(part.dom0().getValueAtPercentile(99)),
                Waits.millis(part.guests().getValueAtPercentile(99)),
                Waits.millis(part.guests().getMaxValue()),
                100 * part.processor(),
                100 * part.stolen());
    }

    private Storm.Part part(String name) {
        return result.parts().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private double slower() {
        return (double) part("storm").dom0().getValueAtPercentile(99)
                / part("quiet").dom0().getValueAtPercentile(99);
    }

    /** The most that lived at any time, as far as a collection saw it. */
    private long live() {
        long peak = Math.max(
                part("onset").collections().peakLive(),
                part("storm").collections().peakLive());
        return Math.max(result.heapThen(), peak);
    }

    /** What is not as it should be. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        if (live() > bound.bytes()) {
            failures.add("the heap held more than its bound");
        }
        if (slower() > SLOWER_MAX) {
            failures.add(String.format(
                    Locale.ROOT, "dom0's p99 is %.1f times the quiet one, which is over %.0f", slower(), SLOWER_MAX));
        }
        result.complaint().ifPresent(failures::add);
        if (result.rounds().contains(0L)) {
            failures.add("a guest that behaves was not served");
        }
        return failures;
    }

    String outcome() {
        List<String> failures = failures();
        return failures.isEmpty()
                ? "memory under its bound, dom0 and every guest that behaves served"
                : String.join("; ", failures);
    }

    void print(PrintStream out) {
        out.println();
        out.print(waits());
        out.println();
        out.print(bounds());
        out.println();
        figures().forEach(figure -> out.println(figure.name() + ": " + figure.value()));
        out.println(outcome());
    }

    /** @param name as it is shown */
    record Line(String name, String value) {}

    /** All that is worth keeping, in the order in which it is read. */
    List<Line> figures() {
        Storm.Part storm = part("storm");
        GcLog.Summary gc = storm.collections();
        return List.of(
                line("heap bound from the quotas, MiB", "%.0f", bound.bytes() / MIB),
                line("heap in the storm after a full collection, at most, MiB", "%.1f", live() / MIB),
                line("heap in the storm after any collection, at most, MiB", "%.1f", gc.peakLeft() / MIB),
                line("heap before the storm, MiB", "%.1f", result.heapBefore() / MIB),
                line("heap when the hostile guests are gone, MiB", "%.1f", result.heapAfter() / MIB),
                line("largest heap the JVM would take, MiB", "%.0f", result.heapLimit() / MIB),
                line("memory quotas of the hostile guests together, MiB", "%.0f", bound.purses() / MIB),
                line("resident memory in the storm, MiB", "%.0f", result.residentThen() / MIB),
                line(
                        "collections in the storm",
                        "%s",
                        String.format(
                                Locale.ROOT,
                                "%d young, %d full, longest %.0f ms, together %.0f ms",
                                gc.young(),
                                gc.full(),
                                gc.longestMillis(),
                                gc.totalMillis())),
                line(
                        "of a processor others on the host took, quiet, %",
                        "%.1f", 100 * part("quiet").stolen()),
                line("of a processor others on the host took, in the storm, %", "%.1f", 100 * storm.stolen()),
                line("dom0 p99 quiet, ms", "%.3f", millis(part("quiet").dom0(), 99)),
                line(
                        "dom0 p99 in the first 20 seconds, before the storm is measured, ms",
                        "%.3f",
                        millis(part("onset").dom0(), 99)),
                line("dom0 p99 in the storm, ms", "%.3f", millis(storm.dom0(), 99)),
                line("dom0 p99 in the storm, times the quiet one", "%.2f", slower()),
                line("dom0's worst wait in the storm, ms", "%.1f", millis(storm.dom0(), 100)),
                line("dom0's transactions", "%s", result.commits()),
                line(
                        "guests that behave, p99 quiet, ms",
                        "%.3f",
                        millis(part("quiet").guests(), 99)),
                line("guests that behave, p99 in the storm, ms", "%.3f", millis(storm.guests(), 99)),
                line("guests that behave, worst wait in the storm, ms", "%.1f", millis(storm.guests(), 100)),
                line(
                        "requests of guests that behave in the storm",
                        "%s",
                        storm.guests().getTotalCount()),
                line("what the hostile guests did", "%s", result.attacks()));
    }

    private static Line line(String name, String format, Object value) {
        return new Line(name, String.format(Locale.ROOT, format, value));
    }

    private static double millis(Histogram waits, double percentile) {
        return Waits.millis(waits.getValueAtPercentile(percentile));
    }

    private String waits() {
        Table table = new Table().left("who, when");
        for (String title : List.of("requests", "p50, ms", "p90, ms", "p99, ms", "p99.9, ms", "worst, ms")) {
            table.right(title);
        }
        for (Storm.Part part : result.parts()) {
            row(table, "dom0, " + part.name(), part.dom0());
            row(table, "guests that behave, " + part.name(), part.guests());
        }
        return table.plain();
    }

    private static void row(Table table, String name, Histogram waits) {
        table.row(
                name,
                Long.toString(waits.getTotalCount()),
                shown(waits, 50),
                shown(waits, 90),
                shown(waits, 99),
                shown(waits, 99.9),
                shown(waits, 100));
    }

    private static String shown(Histogram waits, double percentile) {
        return String.format(Locale.ROOT, "%.3f", millis(waits, percentile));
    }

    private String bounds() {
        Table table = new Table().left("what may be in the heap").right("MiB").left("reckoned as");
        for (HeapBound.Part part : bound.parts()) {
            table.row(part.name(), String.format(Locale.ROOT, "%.1f", part.bytes() / MIB), part.reckoning());
        }
        table.row("all of it", String.format(Locale.ROOT, "%.1f", bound.bytes() / MIB), "");
        table.row("measured, after a full collection", String.format(Locale.ROOT, "%.1f", live() / MIB), "");
        return table.plain();
    }
}
