package org.jxenstored.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.load.Cpu;
import org.jxenstored.benchmarks.report.RowId;
import org.jxenstored.benchmarks.report.Table;
import org.jxenstored.benchmarks.workload.Site;
import org.jxenstored.benchmarks.workload.Workload;
import org.jxenstored.testing.FiguresFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the journal costs: the work that changes the store, on a daemon with it and on one without, taking turns. */
@Command(
        name = "benchmarks/journal-cost",
        mixinStandardHelpOptions = true,
        description = "Does what changes the store on a daemon with a journal and on one without, and compares."
                + " Ends with 0 if the journal costs at most a tenth everywhere, by the medians.")
public final class JournalCost implements Callable<Integer> {
    private static final int WARM_UPS = 10;
    private static final int PATIENCE_SECONDS = 10;
    private static final double BOUND = 0.10;

    /** Rows of the comparison that only read, or are about something else. */
    private static final Pattern CHANGES =
            Pattern.compile("(?i)write|mkdir|create|children|subtree|counter|transaction|watchers|guest starts");

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "9", description = "(default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--millis",
            paramLabel = "MS",
            defaultValue = "300",
            description = "of one measurement that has no natural end (default: ${DEFAULT-VALUE})")
    private int millis;

    @Option(names = "--only", paramLabel = "REGEX", description = "only rows whose name holds this")
    private Pattern only = CHANGES;

    @Option(names = "--figures", paramLabel = "FILE", description = "where the figures go, one a line")
    private @Nullable Path figures;

    /** The figures of all rounds, of the daemon with a journal and of the one without. */
    private record Pair(List<Double> with, List<Double> without) {
        /** By how much less is done with it, as a part of 1. */
        double cost(RowId row) {
            return 1 - row.figure().ratio(median(with), median(without));
        }

        static double median(List<Double> figures) {
            List<Double> sorted = figures.stream().sorted().toList();
            return sorted.get(sorted.size() / 2);
        }
    }

    private final Map<RowId, Pair> pairs = new LinkedHashMap<>();

    private JournalCost() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new JournalCost()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Daemons daemons = Daemons.ofThisCheckout();
        int loadCpu = Math.min(1, Runtime.getRuntime().availableProcessors() - 1);
        List<Workload> workloads = new ArrayList<>();
        for (Workload workload : Workloads.onAnyDaemon()) {
            if (workload.rows().stream()
                    .anyMatch(row -> only.matcher(row.name()).find())) {
                workloads.add(workload);
            }
        }
        Options pinned = Options.DEFAULT.pinnedTo(0);
        try (RunningDaemon with = daemons.start(Kind.JAVA, pinned);
                RunningDaemon without = daemons.start(Kind.JAVA, pinned.with("--no-journal"))) {
            for (Workload workload : workloads) {
                measure(workload, List.of(with, without), loadCpu);
            }
        } finally {
            for (Workload workload : workloads) {
                workload.close();
            }
        }
        return report();
    }

    private void measure(Workload workload, List<RunningDaemon> both, int loadCpu)
            throws IOException, InterruptedException {
        for (int round = -WARM_UPS; round < rounds; round++) {
            for (int i = 0; i < both.size(); i++) {
                // Who begins is at an advantage or not: so each does in turn.
                boolean isWith = (i + round) % 2 == 0;
                RunningDaemon daemon = both.get(isWith ? 0 : 1);
                boolean counts = round >= 0;
                int cpu = workload.onOneCpu() ? 0 : loadCpu;
                Cpu.bind(cpu);
                Site site = new Site(
                        Kind.JAVA,
                        daemon.socket(),
                        cpu != 0,
                        Duration.ofMillis(millis).toNanos());
                workload.run(site, (row, figure, _, _) -> {
                    if (counts) {
                        Pair pair = pairs.computeIfAbsent(row, _ -> new Pair(new ArrayList<>(), new ArrayList<>()));
                        (isWith ? pair.with : pair.without).add(figure);
                    }
                });
                daemon.awaitIdle(PATIENCE_SECONDS);
            }
        }
        workload.rows().forEach(row -> System.out.println(row.name() + ": " + cost(row)));
    }

    private String cost(RowId row) {
        Pair pair = pairs.get(row);
        return pair == null ? "not measured" : String.format(Locale.ROOT, "%+.1f %%", -100 * pair.cost(row));
    }

    private int report() throws IOException {
        Table table = new Table()
                .left("work")
                .right("without")
                .right("with")
                .right("unit")
                .right("difference");
        pairs.forEach((row, pair) -> table.row(
                row.name(),
                number(Pair.median(pair.without)),
                number(Pair.median(pair.with)),
                row.figure().unit(),
                cost(row)));
        System.out.println();
        System.out.print(table.plain());
        List<RowId> dear = pairs.keySet().stream()
                .filter(row -> pairs.get(row).cost(row) > BOUND)
                .toList();
        String outcome = dear.isEmpty()
                ? "the journal costs at most a tenth of what is done, by the medians"
                : "the journal costs more than a tenth in " + dear.size() + " of " + pairs.size() + " rows";
        System.out.println(outcome);
        if (figures != null) {
            FiguresFile file = new FiguresFile(
                    "What the journal costs", "benchmarks/journal-cost --rounds " + rounds, dear.isEmpty(), outcome);
            file.add("rounds", rounds + " of " + millis + " ms, the two taking turns; medians, with / without");
            pairs.forEach((row, pair) -> file.add(
                    row.name().replace(": ", ", "),
                    cost(row) + " (" + number(Pair.median(pair.with)) + " / " + number(Pair.median(pair.without)) + " "
                            + row.figure().unit() + ")"));
            file.write(figures);
        }
        return dear.isEmpty() ? 0 : 1;
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure < 100 ? "%,.2f" : "%,.0f", figure);
    }
}
