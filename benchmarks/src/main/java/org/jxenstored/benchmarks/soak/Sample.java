package org.jxenstored.benchmarks.soak;

/**
 * What the daemon had of the machine at one moment, while the load stood still.
 *
 * @param minute since the load began
 * @param heapBytes in use after a full collection
 * @param residentBytes resident memory of the process
 * @param openFiles file descriptors
 * @param threads of the process, those of the JVM too
 * @param steps of the load since it began
 */
record Sample(double minute, long heapBytes, long residentBytes, int openFiles, int threads, long steps) {}
