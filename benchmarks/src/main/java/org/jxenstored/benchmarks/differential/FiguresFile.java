package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a run found, as lines {@code name: value} for docs/reliability.md. */
final class FiguresFile {
    private static final double KIB_PER_GIB = 1024 * 1024;

    private FiguresFile() {}

    /** What was to be done. */
    record Asked(int requests, List<Long> seeds, Path file) {
        private String command() {
            return "benchmarks/differential --requests " + requests
                    + seeds.stream().map(seed -> " --seed " + seed).collect(Collectors.joining())
                    + " --figures " + file;
        }
    }

    static void write(Asked asked, Tally tally, Rules rules, boolean clean, Duration taken) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("title: The same random requests to the daemon in C and to this one");
        lines.add("command: " + asked.command());
        lines.add("date: " + LocalDate.now(ZoneOffset.UTC));
        lines.add("machine: " + machine());
        lines.add("outcome: "
                + (clean
                        ? "passed: every difference is one that docs/compatibility.md explains"
                        : "failed: there is a difference that docs/compatibility.md does not explain"));
        lines.add("requests: " + tally.total());
        lines.add("sequences: " + tally.sequences());
        lines.add("connections: 3 sockets and 2 guests on rings, to each daemon");
        lines.add("seeds: " + asked.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        lines.add("requests by kind: " + String.join(", ", tally.kinds()));
        lines.add("unexplained differences: " + (clean ? 0 : 1));
        lines.add("explained differences: "
                + rules.uses().values().stream().mapToInt(Integer::intValue).sum());
        rules.names()
                .forEach(name ->
                        lines.add("explained by " + name + ": " + rules.uses().get(name)));
        lines.add(String.format(Locale.ROOT, "time: %d min %d s", taken.toMinutes(), taken.toSecondsPart()));
        Files.write(asked.file(), lines);
    }

    private static String machine() throws IOException {
        double memory = Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
        return String.format(
                Locale.ROOT,
                "%d processors, %.1f GiB, %s %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                memory / KIB_PER_GIB,
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"));
    }
}
