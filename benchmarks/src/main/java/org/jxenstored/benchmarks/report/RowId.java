package org.jxenstored.benchmarks.report;

/**
 * One row of the table.
 *
 * @param group heading it stands under
 * @param name what is done, unique
 * @param figure unit of the main figure
 * @param goal where it is meant to be
 */
public record RowId(String group, String name, Figure figure, Goal goal) {}
