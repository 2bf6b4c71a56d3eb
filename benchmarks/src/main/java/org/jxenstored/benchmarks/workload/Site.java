package org.jxenstored.benchmarks.workload;

import java.nio.file.Path;
import org.jxenstored.benchmarks.daemon.Kind;

/**
 * A running daemon, and how long to work on it.
 *
 * @param kind whose it is
 * @param socket where it listens
 * @param ownCpu whether the load has a processor for itself, and need not wait in the kernel
 * @param nanos of one measurement that has no natural end
 */
public record Site(Kind kind, Path socket, boolean ownCpu, long nanos) {
    private static final long PATIENT_MILLIS = 10_000;

    /** How long to wait in the kernel for the next reply: not at all where the next look costs nobody anything. */
    public long waitMillis() {
        return ownCpu ? 0 : PATIENT_MILLIS;
    }
}
