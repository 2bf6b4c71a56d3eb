package org.jxenstored.benchmarks.report;

/**
 * A whole run, as it is kept and shown.
 *
 * @param conditions under which it took place
 * @param results what it gave
 */
public record Run(Conditions conditions, Results results) {}
