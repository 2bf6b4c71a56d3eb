package org.jxenstored.it.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What this daemon does otherwise than the recorded one, on purpose. */
sealed interface Difference permits Rewording, Repetition {
    /** The lines as they are here; none if nothing in them differs in this way. */
    List<String> in(List<String> lines);

    /** Reads the list, whose notation is in the README of the recordings. */
    static List<Difference> read(List<String> lines) {
        List<Difference> differences = new ArrayList<>();
        String rule = "";
        String stock = "";
        for (String line : lines) {
            String text = line.substring(line.indexOf(' ') + 1);
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.matches("== [A-Z]+-[A-Z]+-\\d+: .+")) {
                rule = line;
            } else if (line.startsWith("stock: ") && !rule.isEmpty()) {
                stock = text;
            } else if (line.startsWith("ours: ") && !stock.isEmpty()) {
                differences.add(new Rewording(rule, Pattern.compile(stock), text));
                stock = "";
            } else if (line.startsWith("again: ") && !rule.isEmpty()) {
                differences.add(new Repetition(rule, text));
            } else {
                throw new IllegalArgumentException("this is no part of a difference: " + line);
            }
        }
        return List.copyOf(differences);
    }

    /** The lines with all differences; one that is nowhere is an AssertionError. */
    static List<String> apply(List<Difference> differences, List<String> lines) {
        List<String> here = lines;
        for (Difference difference : differences) {
            here = difference.in(here);
            if (here.isEmpty()) {
                throw new AssertionError("this difference is not in the recording: " + difference);
            }
        }
        return here;
    }
}
