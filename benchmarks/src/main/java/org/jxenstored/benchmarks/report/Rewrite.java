package org.jxenstored.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes docs/performance.md again from the results of the last run, after a remark or the wording has changed. */
public final class Rewrite {
    private Rewrite() {}

    /** The only argument is the project's root; without it the working directory. */
    public static void main(String[] arguments) throws IOException {
        ReportFiles files = new ReportFiles(Path.of(arguments.length > 0 ? arguments[0] : "."));
        if (!Files.exists(files.results())) {
            System.err.println(files.results() + " is not there; run benchmarks/compare first");
            System.exit(1);
        }
        Run run = ResultsFile.read(files.results());
        new MarkdownReport(files).write(run.conditions(), run.results());
        System.out.println(files.page() + " is made again from " + files.results());
    }
}
