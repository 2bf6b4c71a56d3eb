package org.jxenstored.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks and prints their table: {@code [-o FILE] [NAMES...]}, names being regular expressions. */
public final class Micro {
    private static final int WARM_UPS = 3;
    private static final int ITERATIONS = 3;
    private static final TimeValue ITERATION = TimeValue.milliseconds(300);

    private Micro() {}

    public static void main(String[] arguments) throws RunnerException, IOException {
        List<String> names = new ArrayList<>(List.of(arguments));
        int option = names.indexOf("-o");
        if (option >= 0 && option + 1 == names.size()) {
            System.err.println("micro: -o needs the name of a file");
            System.exit(2);
        }
        Path file = option < 0 ? null : Path.of(names.remove(option + 1));
        names.remove("-o");
        String table = Table.of(run(names));
        System.out.print(table);
        if (file != null) {
            Files.writeString(file, table);
        }
    }

    private static Collection<RunResult> run(List<String> names) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                // A collector without threads of its own, and a heap that does not grow, disturb least.
                .jvmArgs("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m", "--sun-misc-unsafe-memory-access=allow")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        names.forEach(options::include);
        return new Runner(options.build()).run();
    }
}
