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
 * @param id such as {@code P-READ-4}, or {@code 12.1} for a sequence of events of lifecycle.md section 12
 * @param text how it begins
 */
record Rule(String id, String text) {
    private static final String LETTERED = "\\b[PSL]-[A-Z]+-\\d+\\b";

    /** What a rule id looks like, wherever it stands. */
    static final Pattern ID = Pattern.compile(LETTERED + "|(?<![\\d.])12\\.\\d{1,2}(?!\\d|\\.\\d)");

    private static final Pattern ROW = Pattern.compile("\\| (" + LETTERED + ") \\|(.*)\\|");
    private static final Pattern IN_TEXT =
            Pattern.compile("(?<![(-])(" + LETTERED + ")(?:[.:] | checks )(.*?)(?= " + LETTERED + "[.:] |$)");
    private static final Pattern SEQUENCE = Pattern.compile("\\*\\*(12\\.\\d{1,2}) (.*)");
    private static final int WORDS_MAX = 80;

    /** The rules a page of the specification defines, in their order: rows of tables, sentences that begin with an id, and named sequences. */
    static List<Rule> read(Path page) throws IOException {
        Map<String, Rule> rules = new LinkedHashMap<>();
        List<String> lines = Files.readAllLines(page);
        for (String line : lines) {
            Matcher row = ROW.matcher(line);
            Matcher sequence = SEQUENCE.matcher(line);
            if (sequence.matches()) {
                rules.put(sequence.group(1), new Rule(sequence.group(1), firstWords(sequence.group(2))));
            } else if (row.matches()) {
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
