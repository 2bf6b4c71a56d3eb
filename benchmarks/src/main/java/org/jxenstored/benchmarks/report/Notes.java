package org.jxenstored.benchmarks.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Merges the notes of the rounds: each said once, with a range where only numbers differ. */
final class Notes {
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:,\\d{3})*(?:\\.\\d+)?");

    private Notes() {}

    /** Notes that are the same but for their numbers become one, as in {@code 3 to 17 EAGAIN}; empty ones are left out. */
    static List<String> merged(List<String> notes) {
        Map<String, List<String>> alike = new LinkedHashMap<>();
        for (String note : notes) {
            if (!note.isBlank()) {
                String shape = NUMBER.matcher(note).replaceAll("0");
                alike.computeIfAbsent(shape, any -> new ArrayList<>()).add(note);
            }
        }
        return alike.values().stream().map(Notes::asOne).toList();
    }

    private static String asOne(List<String> notes) {
        List<List<String>> numbers = notes.stream().map(Notes::numbers).toList();
        StringBuilder all = new StringBuilder();
        String first = notes.getFirst();
        int copied = 0;
        int position = 0;
        for (MatchResult number : NUMBER.matcher(first).results().toList()) {
            all.append(first, copied, number.start()).append(range(numbers, position));
            copied = number.end();
            position++;
        }
        return all.append(first, copied, first.length()).toString();
    }

    private static List<String> numbers(String note) {
        return NUMBER.matcher(note).results().map(MatchResult::group).toList();
    }

    private static String range(List<List<String>> numbers, int position) {
        String least = numbers.getFirst().get(position);
        String most = least;
        for (List<String> note : numbers) {
            String number = note.get(position);
            if (value(number).compareTo(value(least)) < 0) {
                least = number;
            }
            if (value(number).compareTo(value(most)) > 0) {
                most = number;
            }
        }
        return least.equals(most) ? least : least + " to " + most;
    }

    private static BigDecimal value(String number) {
        return new BigDecimal(number.replace(",", ""));
    }
}
