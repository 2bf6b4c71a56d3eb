package org.jxenstored.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.report.Conditions;
import org.jxenstored.benchmarks.report.ConsoleReport;
import org.jxenstored.benchmarks.report.MarkdownReport;
import org.jxenstored.benchmarks.report.ReportFiles;
import org.jxenstored.benchmarks.report.ResultsFile;
import org.jxenstored.benchmarks.report.Rewrite;
import org.jxenstored.benchmarks.report.Run;
import org.jxenstored.benchmarks.workload.Workload;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole comparison: starts the daemons, runs every workload, shows the tables and writes docs/performance.md. */
@Command(
        name = "benchmarks/compare",
        mixinStandardHelpOptions = true,
        description = "Compares jxenstored with the daemons in C and OCaml, and writes docs/performance.md.")
public final class Compare implements Callable<Integer> {
    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "rounds that count (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--millis",
            paramLabel = "MS",
            defaultValue = "500",
            description = "length of one measurement that has no natural end (default: ${DEFAULT-VALUE})")
    private int millis;

    @Option(
            names = "--only",
            paramLabel = "REGEX",
            defaultValue = "",
            description = "only workloads with a row whose name holds this; nothing is written to docs/")
    private Pattern only = Pattern.compile("");

    @Option(
            names = "--daemons",
            paramLabel = "KIND",
            split = ",",
            defaultValue = "C,OCAML,JAVA,ECHO",
            description =
                    "which daemons: ${COMPLETION-CANDIDATES} (default: all); if not all, nothing is written to docs/")
    private List<Kind> kinds = List.of();

    @Option(
            names = "--rewrite",
            description = "measure nothing, write docs/performance.md anew from the last run's results")
    private boolean rewrite;

    @Option(names = "--root", hidden = true, defaultValue = ".", description = "the checkout")
    private Path root = Path.of(".");

    @Option(names = "--processors", hidden = true, defaultValue = "1", description = "how many the machine has")
    private int processors;

    private Compare() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Compare()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rewrite) {
            Rewrite.main(new String[] {root.toString()});
            return 0;
        }
        Daemons daemons = Daemons.ofThisCheckout();
        for (Kind kind : kinds) {
            Optional<String> missing = daemons.missing(kind);
            if (missing.isPresent()) {
                System.err.println(missing.get());
                return 1;
            }
        }
        return compare(daemons, 0, Math.min(1, processors - 1));
    }

    private int compare(Daemons daemons, int daemonCpu, int loadCpu) throws IOException, InterruptedException {
        String pinning = "daemons on processor " + daemonCpu + ", load on processor " + loadCpu
                + ", or beside the daemon for single requests; the load does not sleep where it is alone";
        Conditions conditions = Conditions.collect(root, rounds, Duration.ofMillis(millis), pinning);
        ConsoleReport console = new ConsoleReport(System.out);
        List<Workload> workloads = new ArrayList<>();
        for (Workload workload : Workloads.all(daemons, daemonCpu, loadCpu)) {
            if (workload.rows().stream()
                    .anyMatch(row -> only.matcher(row.name()).find())) {
                workloads.add(workload);
            }
        }
        try (Contestants contestants = Contestants.start(daemons, kinds, daemonCpu)) {
            Comparison comparison = new Comparison(
                    new Comparison.Plan(
                            kinds, workloads, rounds, Duration.ofMillis(millis).toNanos(), daemonCpu, loadCpu),
                    contestants,
                    console);
            comparison.run();
            console.tables(conditions, comparison.results());
            if (only.pattern().isEmpty() && kinds.size() == Kind.values().length) {
                ReportFiles files = new ReportFiles(root);
                ResultsFile.write(files.results(), new Run(conditions, comparison.results()));
                new MarkdownReport(files).write(conditions, comparison.results());
            }
        } finally {
            for (Workload workload : workloads) {
                workload.close();
            }
        }
        return 0;
    }
}
