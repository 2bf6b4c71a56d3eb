package org.jxenstored.benchmarks.workload;

import java.nio.file.Path;
import org.jxenstored.benchmarks.daemon.Kind;

/**
 * A running daemon, and how long to work on it.
 *
 * @param kind whose it is
 * @param socket where it listens
 * @param nanos of one measurement that has no natural end
 */
public record Site(Kind kind, Path socket, long nanos) {}
