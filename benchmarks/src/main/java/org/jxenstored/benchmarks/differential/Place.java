package org.jxenstored.benchmarks.differential;

import java.nio.file.Path;

/**
 * Where a daemon is to be found.
 *
 * @param socket what it listens on
 * @param machine directory of the pretended machine it runs on
 */
public record Place(String title, Path socket, Path machine) {}
