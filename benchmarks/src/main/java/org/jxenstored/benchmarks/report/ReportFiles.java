package org.jxenstored.benchmarks.report;

import java.nio.file.Path;

/**
 * Where the files of a report are.
 *
 * @param root of the project
 */
public record ReportFiles(Path root) {
    /** The page. */
    public Path page() {
        return root.resolve("docs/performance.md");
    }

    /** All that was measured. */
    public Path results() {
        return root.resolve("benchmarks/target/results.csv");
    }

    /** What JMH found, as Markdown; need not be there. */
    public Path micro() {
        return root.resolve("benchmarks/target/micro.md");
    }

    /** Why a goal is not reached, written by hand; need not be there. */
    public Path remark(RowId row) {
        return root.resolve(remarkName(row));
    }

    static String remarkName(RowId row) {
        return "benchmarks/remarks/" + row.slug() + ".md";
    }
}
