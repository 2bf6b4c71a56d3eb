package org.jxenstored.benchmarks.report;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One row of the table.
 *
 * @param group heading it stands under
 * @param name what is done, unique
 * @param figure unit of the main figure
 * @param goal where it is meant to be
 */
public record RowId(String group, String name, Figure figure, Goal goal) {
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

    /** The name as a file name: lower case, with {@code -} for everything but letters and digits. */
    public String slug() {
        String words = BETWEEN_WORDS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll(" ");
        return words.strip().replace(' ', '-');
    }
}
