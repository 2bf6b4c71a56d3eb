package org.jxenstored.it.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule of the specification.
 *
 * @param id such as {@code P-READ-4}
 * @param text how it begins
 */
record Rule(String id, String text) {
    /** What a rule id looks like, wherever it stands. */
    static final Pattern ID = Pattern.compile("\\b[PS]-[A-Z]+-\\d+\\b");

    private static final Pattern ROW = Pattern.compile("\\| (" + ID.pattern() + ") \\|(.*)\\|");
    private static final Pattern IN_TEXT =
            Pattern.compile("(?<![(-])(" + ID.pattern() + ")(?:[.:] | checks )(.*?)(?= " + ID.pattern() + "[.:] |$)");
    private static final int WORDS_MAX = 80;

    /** The rules a page of the specification defines, in their order: rows of tables, and sentences that begin with an id. */
    static List<Rule> read(Path page) throws IOException {
        Map<String, Rule> rules = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(page);
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rules.put(row.group(1), new Rule(row.group(1), firstWords(row.group(2))));
            } else if (!line.startsWith("|")) {
                Matcher sentence = IN_TEXT.matcher(line);
                while (sentence.find()) {
                    rules.putIfAbsent(sentence.group(1), new Rule(sentence.group(1), firstWords(sentence.group(2))));
                }
            }
        }
        return List.copyOf(rules.values());
    }

    private static String firstWords(String text) {
        String plain =
                text.replace("|", " ").replace("*", "").replaceAll(" +", " ").strip();
        if (plain.length() <= WORDS_MAX) {
            return plain;
        }
        String cut = plain.substring(0, plain.lastIndexOf(' ', WORDS_MAX));
        boolean codeIsOpen = cut.chars().filter(c -> c == '`').count() % 2 == 1;
        return (codeIsOpen ? cut.substring(0, cut.lastIndexOf('`')).strip() : cut) + " ...";
    }
}
