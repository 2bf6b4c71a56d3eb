package org.jxenstored.benchmarks.soak;

import java.io.IOException;

/** One kind of load, in steps. After each it has no more at the daemon than after the one before. */
interface Traffic extends AutoCloseable {
    /**
     * Does one step.
     *
     * @throws IOException if the daemon answers wrongly or is gone
     */
    void step() throws IOException;

    @Override
    void close() throws IOException;
}
