package org.jxenstored.benchmarks.micro;

import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** The results as a Markdown table. */
final class Table {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Table() {}

    static String of(Collection<RunResult> results) {
        StringBuilder table = new StringBuilder("| operation | ns | bytes allocated |\n|---|---:|---:|\n");
        for (RunResult result : results) {
            double nanos = result.getPrimaryResult().getScore();
            double bytes = Objects.requireNonNull(
                            result.getSecondaryResults().get(ALLOCATED), "the profiler did not run")
                    .getScore();
            table.append(
                    String.format(Locale.ROOT, "| %s | %,.0f | %,.0f |%n", name(result.getParams()), nanos, bytes));
        }
        return table.toString();
    }

    /** Class and method, and the parameters in brackets. */
    private static String name(BenchmarkParams benchmark) {
        String[] words = benchmark.getBenchmark().split("\\.", -1);
        String kind = words[words.length - 2].replace("Benchmark", "").toLowerCase(Locale.ROOT);
        StringBuilder name = new StringBuilder(kind).append(' ').append(words[words.length - 1]);
        for (String parameter : benchmark.getParamsKeys()) {
            name.append(" (")
                    .append(parameter)
                    .append(' ')
                    .append(benchmark.getParam(parameter))
                    .append(')');
        }
        return name.toString();
    }
}
