package org.jxenstored.benchmarks.differential;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jxenstored.protocol.MessageType;

/**
 * A difference that is meant, as one row of {@code rules.txt} says it.
 *
 * @param name of the row in docs/compatibility.md
 * @param ids the rules in docs/spec that ask for it
 * @param parts whether the stores may be different from then on, so that the sequence ends there
 * @param what kind of difference
 * @param requests the types of request it may come with; empty for all
 * @param others whether it may come with steps that are no requests
 * @param caller who sends the request, or gets the event
 * @param c what the daemon in C answers
 * @param ours what this one answers
 * @param condition what else must be so
 */
record Rule(
        String name,
        List<String> ids,
        boolean parts,
        Difference.What what,
        Set<MessageType> requests,
        boolean others,
        Caller caller,
        Said c,
        Said ours,
        Condition condition) {
    private static final int COLUMNS = 9;
    private static final String NO_REQUEST = "none";

    enum Caller {
        ANY,
        SOCKET,
        GUEST;

        boolean is(Who who) {
            return this == ANY || (this == GUEST) == who.isGuest();
        }
    }

    /**
     * What a reply must be.
     *
     * @param words {@code *} for anything, {@code ok}, or names of errors
     */
    record Said(Set<String> words) {
        boolean fits(String answer) {
            String word = answer.startsWith("\"") ? "ok" : answer;
            return words.contains("*") || words.contains(word);
        }
    }

    static Rule of(String row) {
        List<String> cells = Stream.of(row.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != COLUMNS) {
            throw new IllegalArgumentException("a rule has " + COLUMNS + " columns: " + row);
        }
        return new Rule(
                cells.get(0),
                List.of(cells.get(1).split(" ")),
                oneOf(cells.get(2), "same", "parts") == 1,
                Difference.What.valueOf(constant(cells.get(3))),
                cells.get(4).equals("any") ? Set.of() : types(cells.get(4)),
                List.of(cells.get(4).split(" ")).contains(NO_REQUEST),
                Caller.valueOf(constant(cells.get(5))),
                new Said(Set.of(cells.get(6).split(" "))),
                new Said(Set.of(cells.get(7).split(" "))),
                Condition.valueOf(constant(cells.get(8))));
    }

    private static int oneOf(String word, String... words) {
        int index = List.of(words).indexOf(word);
        if (index < 0) {
            throw new IllegalArgumentException("'" + word + "' is none of " + List.of(words));
        }
        return index;
    }

    private static String constant(String word) {
        return word.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static Set<MessageType> types(String words) {
        return Stream.of(words.split(" "))
                .filter(word -> !word.equals(NO_REQUEST))
                .map(MessageType::valueOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    boolean explains(Difference difference) {
        return difference.what() == what
                && caller.is(difference.who())
                && fits(difference.step())
                && c.fits(difference.c())
                && ours.fits(difference.ours())
                && condition.holds(difference);
    }

    private boolean fits(Step step) {
        return switch (step) {
            case Step.Call call ->
                requests.isEmpty()
                        || MessageType.of(call.type())
                                .filter(requests::contains)
                                .isPresent();
            case Step.Reopen _, Step.Oversize _, Step.Replace _ -> others || requests.isEmpty();
        };
    }
}
