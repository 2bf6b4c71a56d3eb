package org.jxenstored.benchmarks.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.report.Table;
import org.jxenstored.testing.FiguresFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A daemon under mixed load for a long time: whether it takes more and more of the machine. */
@Command(
        name = "benchmarks/soak",
        mixinStandardHelpOptions = true,
        description =
                "Keeps a daemon busy, and says whether heap, memory, file descriptors and threads stay as they are."
                        + " Ends with 0 if they do, with 1 if not or if an answer is wrong.")
public final class Soak implements Callable<Integer> {
    /** What comes before is warming up; half of a run that is shorter than twice this. */
    private static final double SETTLED_AT = 5;

    /**
     * On the machine of files, so that what is measured is the daemon and no simulator in it. A guest's events wait for a
     * second at most, and what is left of a guest as long.
     */
    private static final Options OPTIONS =
            Options.DEFAULT.on(Options.Machine.FILES).with("--timeout", "watch-event=1");

    private static final double MIB = 1024 * 1024;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "30",
            description = "how long (default: ${DEFAULT-VALUE}); a verdict on less than 10 is a rough one")
    private int minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "decides what is asked for (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--figures", paramLabel = "FILE", description = "where the figures go, one a line")
    private @Nullable Path figures;

    private Soak() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Soak()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (minutes < 1) {
            System.err.println("--minutes " + minutes + ": give at least 1");
            return 2;
        }
        Duration length = Duration.ofMinutes(minutes);
        try (RunningDaemon daemon = Daemons.ofThisCheckout().start(Kind.JAVA, OPTIONS)) {
            System.out.println("a soak of " + minutes + " minutes, process " + daemon.pid() + ", seed " + seed);
            List<Sample> samples = new Course(daemon, seed).run(length, between(length), Soak::progress);
            return report(samples, System.out) ? 0 : 1;
        } catch (IOException e) {
            System.err.println("benchmarks/soak: " + e.getMessage());
            return 1;
        }
    }

    /** A minute; less in a short run, so that it has samples enough. */
    static Duration between(Duration length) {
        return Duration.ofSeconds(Math.clamp(length.toSeconds() / 30, 10, 60));
    }

    /** Where the samples begin that are judged. */
    static double settled(int minutes) {
        return Math.min(SETTLED_AT, minutes / 2.0);
    }

    private static void progress(Sample sample) {
        System.out.printf(Locale.ROOT, "minute %.1f: %.2f MiB of heap%n", sample.minute(), sample.heapBytes() / MIB);
    }

    private void write(Path file, List<Sample> samples, Verdict verdict) throws IOException {
        FiguresFile lines = new FiguresFile(
                minutes + " minutes of mixed load",
                "benchmarks/soak --minutes " + minutes + " --seed " + seed,
                verdict.flat(),
                verdict.flat() ? "the daemon stays as it is" : "the daemon does not stay as it is");
        lines.add("minutes", minutes);
        lines.add("steps of load", samples.isEmpty() ? 0 : samples.getLast().steps());
        lines.add("judged from minute", String.format(Locale.ROOT, "%.1f", settled(minutes)));
        for (String line : verdict.lines()) {
            String[] parts = line.split(": ", 2);
            lines.add(parts[0], parts.length > 1 ? parts[1] : "");
        }
        lines.add("seed", seed).write(file);
    }

    private boolean report(List<Sample> samples, PrintStream out) throws IOException {
        double from = settled(minutes);
        Verdict verdict = Verdict.of(samples, from);
        out.println();
        out.print(table(samples));
        out.println();
        out.printf(Locale.ROOT, "From minute %.1f to the end, by the line that fits best:%n", from);
        verdict.lines().forEach(out::println);
        out.println(verdict.flat() ? "The daemon stays as it is." : "The daemon does NOT stay as it is.");
        if (figures != null) {
            write(figures, samples, verdict);
        }
        return verdict.flat();
    }

    private static String table(List<Sample> samples) {
        Table table = new Table()
                .right("minute")
                .right("heap, MiB")
                .right("resident, MiB")
                .right("files")
                .right("threads")
                .right("steps");
        for (Sample sample : samples) {
            table.row(
                    String.format(Locale.ROOT, "%.1f", sample.minute()),
                    String.format(Locale.ROOT, "%.2f", sample.heapBytes() / MIB),
                    String.format(Locale.ROOT, "%.1f", sample.residentBytes() / MIB),
                    Integer.toString(sample.openFiles()),
                    Integer.toString(sample.threads()),
                    Long.toString(sample.steps()));
        }
        return table.plain();
    }
}
