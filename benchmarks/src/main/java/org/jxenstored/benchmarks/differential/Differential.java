package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.daemon.Daemons;
import org.jxenstored.benchmarks.daemon.Kind;
import org.jxenstored.benchmarks.daemon.Options;
import org.jxenstored.benchmarks.daemon.RunningDaemon;
import org.jxenstored.testing.FiguresFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Random requests to the daemon in C and to this one: whatever they answer differently must be meant. */
@Command(
        name = "benchmarks/differential",
        mixinStandardHelpOptions = true,
        description = "Sends the same random requests to the daemon in C and to this one, and compares replies and"
                + " events. Differences that are meant are in docs/compatibility.md.")
public final class Differential implements Callable<Integer> {
    @Option(
            names = "--requests",
            paramLabel = "N",
            defaultValue = "200000",
            description = "how many (default: ${DEFAULT-VALUE})")
    private int requests;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "of what is random; with several, so many requests with each (default: another one each time)")
    private List<Long> seeds = new ArrayList<>();

    @Option(names = "--replay", paramLabel = "FILE", description = "only the sequence in this file")
    private @Nullable Path replay;

    @Option(
            names = "--survey",
            description = "go on after a difference that is in no rule, and show the first of each kind")
    private boolean survey;

    @Option(names = "--figures", paramLabel = "FILE", description = "write what was found for docs/reliability.md")
    private @Nullable Path figures;

    private Differential() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Differential()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Daemons daemons = Daemons.ofThisCheckout();
        Optional<String> missing = daemons.missing(Kind.C);
        if (missing.isPresent()) {
            System.err.println(missing.get());
            return 1;
        }
        Options options = Options.DEFAULT.on(Options.Machine.FILES);
        try (RunningDaemon c = daemons.start(Kind.C, options.with(words(Campaign.QUOTAS_OF_C)));
                RunningDaemon ours = daemons.start(Kind.JAVA, options.with(words(Campaign.QUOTAS_OF_OURS)));
                Pair pair = new Pair(new Host(place(c)), new Host(place(ours)));
                Patience _ = new Patience(pair)) {
            return replay == null ? campaign(pair) : replay(pair, replay);
        }
    }

    private static String[] words(List<String> list) {
        return list.toArray(String[]::new);
    }

    private static Place place(RunningDaemon daemon) {
        return new Place(daemon.kind().title(), daemon.socket(), daemon.shimDirectory());
    }

    private int campaign(Pair pair) throws IOException {
        if (seeds.isEmpty()) {
            seeds.add(System.nanoTime());
        }
        Rules rules = Rules.read();
        Tally tally = new Tally();
        long begun = System.nanoTime();
        boolean clean = true;
        for (Iterator<Long> rest = seeds.iterator(); rest.hasNext() && (clean || survey); ) {
            long seed = rest.next();
            System.out.println("seed " + seed);
            Campaign campaign = new Campaign(pair, rules, tally, seed);
            clean &= survey ? survey(campaign) : run(campaign);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);
        System.out.println(tally.total() + " requests in " + tally.sequences() + " sequences");
        System.out.println("differences that are meant, and how often each was seen:");
        rules.names()
                .forEach(name -> System.out.printf("%8d  %s%n", rules.uses().get(name), name));
        if (!rules.unused().isEmpty()) {
            System.out.println("never seen in this run: " + String.join(", ", rules.unused()));
        }
        if (figures != null) {
            write(figures, tally, rules, clean, taken);
        }
        return clean ? 0 : 1;
    }

    private void write(Path file, Tally tally, Rules rules, boolean clean, Duration taken) throws IOException {
        String command = "benchmarks/differential --requests " + requests
                + seeds.stream().map(seed -> " --seed " + seed).collect(Collectors.joining());
        FiguresFile lines = new FiguresFile(
                "The same random requests to the daemon in C and to this one",
                command,
                clean,
                clean
                        ? "every difference is one that docs/compatibility.md explains"
                        : "there is a difference that docs/compatibility.md does not explain");
        lines.add("requests", tally.total());
        lines.add("sequences", tally.sequences());
        lines.add("connections", "3 sockets and 2 guests on rings, to each daemon");
        lines.add("requests by kind", String.join(", ", tally.kinds()));
        lines.add("unexplained differences", clean ? "0" : "1, the run ends there");
        lines.add(
                "explained differences",
                rules.uses().values().stream().mapToInt(Integer::intValue).sum());
        rules.names()
                .forEach(name ->
                        lines.add("explained by " + name, "" + rules.uses().get(name)));
        lines.add("time", String.format(Locale.ROOT, "%d min %d s", taken.toMinutes(), taken.toSecondsPart()));
        lines.write(file);
    }

    private boolean survey(Campaign campaign) throws IOException {
        Collection<Difference> found = campaign.survey(requests).values();
        found.forEach(System.out::println);
        return found.isEmpty();
    }

    private boolean run(Campaign campaign) throws IOException {
        Optional<Campaign.Failure> failure = campaign.run(requests);
        failure.ifPresent(Differential::tell);
        return failure.isEmpty();
    }

    private static void tell(Campaign.Failure failure) {
        System.out.println("a difference that is in no rule: " + failure.difference());
        System.out.println("this shows it, as a file for --replay:");
        System.out.println(Script.text(failure.steps()));
    }

    private static int replay(Pair pair, Path file) throws IOException {
        List<Step> steps = Script.read(Files.readAllLines(file));
        Optional<Difference> unexplained =
                new Play(pair, Rules.read()).replay(steps).unexplained();
        // A daemon that was broken may show it only when its domains are released.
        pair.startOver();
        System.out.println(unexplained
                .map(difference -> "a difference that is in no rule: " + difference)
                .orElse("no difference that is in no rule"));
        return unexplained.isPresent() ? 1 : 0;
    }
}
