package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.jxenstored.benchmarks.report.RowId;

/** One kind of work, done to one daemon after the other in each round. */
public interface Workload extends AutoCloseable {
    /** The rows it fills. */
    List<RowId> rows();

    /** True if client and daemon share one processor, so that no wake-up crosses from one to the other. */
    default boolean onOneCpu() {
        return false;
    }

    /** True if the echo server can do it too: all it asks is answered by OK. */
    default boolean suitsEcho() {
        return false;
    }

    /** True if it is done once more before the first round, so that compilers have seen it. */
    default boolean warmsUp() {
        return true;
    }

    /** Does the work once, leaves the store as it was, and says what it measured. */
    void run(Site site, Output output) throws IOException;

    /** Ends what it started for itself. */
    @Override
    default void close() throws IOException {}

    /** Takes what was measured. */
    interface Output {
        /**
         * Takes one figure.
         *
         * @param latencies nanoseconds, or null
         */
        void add(RowId row, double figure, @Nullable Histogram latencies, String note);

        default void add(RowId row, double figure) {
            add(row, figure, null, "");
        }
    }
}
