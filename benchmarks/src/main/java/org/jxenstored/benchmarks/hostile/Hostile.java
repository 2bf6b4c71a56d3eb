package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.Pinning;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.benchmarks.load.Cpu;
import org.jxenstored.testing.FiguresFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A hundred hostile guests on rings, each by every route at once, beside dom0 and guests that behave. */
@Command(
        name = "benchmarks/hostile",
        mixinStandardHelpOptions = true,
        description = "Sets hostile guests on a daemon, and says whether its heap stays under a bound computed from the"
                + " quotas, and how long dom0 and guests that behave wait. The storm is measured when it has been for 20"
                + " seconds and the daemon's code for it is compiled, as the quiet is; what dom0 waited before that is"
                + " shown beside it. Ends with 0 if the heap is under its bound,"
                + " dom0's p99 is within 3 times the quiet one and all who behave are served; otherwise with 1.")
public final class Hostile implements Callable<Integer> {
    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "how long the storm is measured, after its first 20 seconds (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Option(
            names = "--guests",
            paramLabel = "N",
            defaultValue = "100",
            description = "hostile guests (default: ${DEFAULT-VALUE})")
    private int guests;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "decides what they do (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--figures", paramLabel = "FILE", description = "where the figures go, one a line")
    private @Nullable Path figures;

    private Hostile() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Hostile()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        if (seconds < 10 || guests < 1) {
            System.err.println("--seconds must be 10 or more, --guests 1 or more");
            return 2;
        }
        // The daemon has the last processor for itself; all others share the first.
        int processors = Runtime.getRuntime().availableProcessors();
        boolean pinned = processors > 1;
        if (pinned) {
            Cpu.bind(0);
        }
        Options options = Options.DEFAULT.on(Options.Machine.FILES);
        try (RunningDaemon daemon =
                        Daemons.ofThisCheckout().start(Kind.JAVA, pinned ? options.pinnedTo(processors - 1) : options);
                Storm storm = new Storm(daemon)) {
            System.out.println(guests + " hostile guests for " + seconds + " s, seed " + seed + ", daemon "
                    + daemon.pid() + (pinned ? " alone on the last of " + processors + " processors" : "")
                    + "; the load shares one processor, hostile guests at the lowest priority");
            Pinning rest = new Pinning(pinned ? OptionalInt.of(0) : OptionalInt.empty());
            Report report = new Report(storm.run(guests, seconds, seed, rest), guests);
            report.print(System.out);
            if (figures != null) {
                write(figures, report);
            }
            return report.failures().isEmpty() ? 0 : 1;
        } catch (IOException e) {
            System.err.println("benchmarks/hostile: " + e.getMessage());
            return 1;
        }
    }

    private void write(Path file, Report report) throws IOException {
        String command = "benchmarks/hostile" + (seconds == 60 ? "" : " --seconds " + seconds)
                + (guests == 100 ? "" : " --guests " + guests) + (seed == 1 ? "" : " --seed " + seed);
        FiguresFile lines = new FiguresFile(
                guests + " hostile guests for " + seconds + " seconds",
                command,
                report.failures().isEmpty(),
                report.outcome());
        report.figures().forEach(line -> lines.add(line.name(), line.value()));
        lines.write(file);
    }
}
