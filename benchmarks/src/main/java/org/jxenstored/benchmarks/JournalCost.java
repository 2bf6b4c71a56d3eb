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

/**
 * What the journal costs: the work that changes the store, on a daemon with it and on one without, taking turns.
 *
 * <p>Two daemons of the same kind differ by up to a tenth, for as long as they live, by what their compilers make of them. So
 * there is more than one pair.
 */
@Command(
        name = "benchmarks/journal-cost",
        mixinStandardHelpOptions = true,
        description = "Does what changes the store on a daemon with a journal and on one without, and compares."
                + " Ends with 0 if the journal costs at most a tenth everywhere, by the median of the rounds.")
public final class JournalCost implements Callable<Integer> {
    private static final int WARM_UPS = 10;
    private static final int PATIENCE_SECONDS = 10;
    private static final double BOUND = 0.10;

    /** Rows of the comparison that only read, or are about something else. */
    private static final Pattern CHANGES =
            Pattern.compile("(?i)write|mkdir|create|children|subtree|counter|transaction|watchers|guest starts");

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "5",
            description = "of daemons, one after the other (default: ${DEFAULT-VALUE})")
    private int daemonPairs;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "with each pair (default: ${DEFAULT-VALUE})")
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
        Pair() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        /**
         * By how much less is done with it, as a part of 1: the median of the rounds' differences. What slows the machine
         * down for a while slows both halves of a round down.
         */
        double cost(RowId row) {
            List<Double> costs = new ArrayList<>();
            for (int round = 0; round < with.size(); round++) {
                costs.add(1 - row.figure().ratio(with.get(round), without.get(round)));
            }
            return median(costs);
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
        Options pinned = Options.DEFAULT.pinnedTo(0);
        for (int pair = 1; pair <= daemonPairs; pair++) {
            System.out.println("pair " + pair + " of " + daemonPairs);
            try (RunningDaemon with = daemons.start(Kind.JAVA, pinned);
                    RunningDaemon without = daemons.start(Kind.JAVA, pinned.with("--no-journal"))) {
                measureAll(List.of(with, without));
            }
        }
        return report();
    }

    /** All workloads, which know these daemons from now on and no others. */
    private void measureAll(List<RunningDaemon> both) throws IOException, InterruptedException {
        int loadCpu = Math.min(1, Runtime.getRuntime().availableProcessors() - 1);
        List<Workload> workloads = Workloads.onAnyDaemon();
        try {
            for (Workload workload : workloads) {
                if (workload.rows().stream()
                        .anyMatch(row -> only.matcher(row.name()).find())) {
                    measure(workload, both, loadCpu);
                }
            }
        } finally {
            for (Workload workload : workloads) {
                workload.close();
            }
        }
    }

    private void measure(Workload workload, List<RunningDaemon> both, int loadCpu)
            throws IOException, InterruptedException {
        Map<RowId, Pair> here = new LinkedHashMap<>();
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
                        Pair pair = here.computeIfAbsent(row, _ -> new Pair());
                        (isWith ? pair.with : pair.without).add(figure);
                    }
                });
                daemon.awaitIdle(PATIENCE_SECONDS);
            }
        }
        here.forEach((row, pair) -> {
            System.out.println(row.name() + ": " + cost(row, pair));
            Pair all = pairs.computeIfAbsent(row, _ -> new Pair());
            all.with.addAll(pair.with);
            all.without.addAll(pair.without);
        });
    }

    private static String cost(RowId row, Pair pair) {
        return String.format(Locale.ROOT, "%+.1f %%", -100 * pair.cost(row));
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
                cost(row, pair)));
        System.out.println();
        System.out.print(table.plain());
        List<RowId> dear = pairs.keySet().stream()
                .filter(row -> pairs.get(row).cost(row) > BOUND)
                .toList();
        String outcome = dear.isEmpty()
                ? "the journal costs at most a tenth of what is done, by the median of the rounds"
                : "the journal costs more than a tenth in " + dear.size() + " of " + pairs.size() + " rows";
        System.out.println(outcome);
        if (figures != null) {
            FiguresFile file = new FiguresFile(
                    "What the journal costs",
                    "benchmarks/journal-cost --pairs " + daemonPairs + " --rounds " + rounds,
                    dear.isEmpty(),
                    outcome);
            file.add(
                    "rounds",
                    rounds + " of " + millis + " ms with each of " + daemonPairs
                            + " pairs of daemons, the two taking turns; median of the rounds' differences (medians with / without)");
            pairs.forEach((row, pair) -> file.add(
                    row.name().replace(": ", ", "),
                    cost(row, pair) + " (" + number(Pair.median(pair.with)) + " / " + number(Pair.median(pair.without))
                            + " " + row.figure().unit() + ")"));
            file.write(figures);
        }
        return dear.isEmpty() ? 0 : 1;
    }

    private static String number(double figure) {
        return String.format(Locale.ROOT, figure < 100 ? "%,.2f" : "%,.0f", figure);
    }
}
