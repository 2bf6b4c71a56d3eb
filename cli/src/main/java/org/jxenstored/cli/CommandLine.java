package org.jxenstored.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command line taken apart the way GNU's getopt_long does it (C-PROG-5).
 *
 * <p>This is not picocli, the house's option library, because that parser cannot be told to do what scripts rely on here:
 * a word it cannot make sense of ({@code --raw=3}, an ambiguous abbreviation, the {@code W} in {@code -pW}) is an
 * exception that ends its parsing, where these tools report it and go on; and what comes first decides, as in
 * {@code -h -f} and {@code -f -h}, for which it keeps no order.
 *
 * @param findings options and mistakes in the order they were given
 * @param operands everything else in the order it was given
 */
record CommandLine(List<Finding> findings, List<String> operands) {

    /** What the parser met. */
    sealed interface Finding {}

    /** An option, with its argument or the empty text. */
    record Given(Option option, String argument) implements Finding {}

    /** Something that looks like an option and is none. It has no effect beyond the message. */
    record Mistake(String message) implements Finding {}

    /**
     * Takes the words apart.
     *
     * @param optionsFirst true if the first operand ends the options, as POSIXLY_CORRECT in the environment asks for
     */
    static CommandLine parse(List<String> words, boolean optionsFirst) {
        Parser parser = new Parser(words);
        while (parser.hasNext()) {
            String word = parser.next();
            if (word.equals("--")) {
                parser.takeRest();
            } else if (word.startsWith("--")) {
                parser.longOption(word);
            } else if (word.length() > 1 && word.charAt(0) == '-') {
                parser.shortOptions(word);
            } else {
                parser.operands.add(word);
                if (optionsFirst) {
                    parser.takeRest();
                }
            }
        }
        return new CommandLine(List.copyOf(parser.findings), List.copyOf(parser.operands));
    }

    private static final class Parser {
        private final List<Finding> findings = new ArrayList<>();
        private final List<String> operands = new ArrayList<>();
        private final List<String> words;
        private int position;

        Parser(List<String> words) {
            this.words = words;
        }

        boolean hasNext() {
            return position < words.size();
        }

        String next() {
            return words.get(position++);
        }

        void takeRest() {
            operands.addAll(words.subList(position, words.size()));
            position = words.size();
        }

        /** A word of two dashes and a name, or the beginning of a name that no other option shares. */
        void longOption(String word) {
            int equals = word.indexOf('=');
            String name = word.substring(2, equals < 0 ? word.length() : equals);
            List<Option> candidates = candidates(name);
            if (candidates.isEmpty()) {
                mistake("there is no option '" + word + "'");
            } else if (candidates.size() > 1) {
                mistake("option '" + word + "' is ambiguous: " + names(candidates));
            } else if (equals < 0) {
                give(candidates.getFirst(), "--" + candidates.getFirst().longName());
            } else if (candidates.getFirst().takesArgument()) {
                findings.add(new Given(candidates.getFirst(), word.substring(equals + 1)));
            } else {
                mistake("option '--" + candidates.getFirst().longName() + "' takes no argument");
            }
        }

        /** A word of one dash and letters; the rest of the word is the argument of the first letter that takes one. */
        void shortOptions(String word) {
            for (int i = 1; i < word.length(); i++) {
                Option option = ofLetter(word.charAt(i));
                if (option == null) {
                    mistake("there is no option '-" + word.charAt(i) + "'");
                } else if (option.takesArgument() && i + 1 < word.length()) {
                    findings.add(new Given(option, word.substring(i + 1)));
                    return;
                } else {
                    give(option, "-" + option.letter());
                }
            }
        }

        /** An option whose argument, if it takes one, is the next word, whatever that looks like. */
        private void give(Option option, String asTyped) {
            if (!option.takesArgument()) {
                findings.add(new Given(option, ""));
            } else if (hasNext()) {
                findings.add(new Given(option, next()));
            } else {
                mistake("option '" + asTyped + "' needs an argument");
            }
        }

        private void mistake(String message) {
            findings.add(new Mistake(message));
        }
    }

    private static List<Option> candidates(String name) {
        List<Option> candidates = new ArrayList<>();
        for (Option option : Option.ALL) {
            if (option.longName().isEmpty() || !option.longName().startsWith(name)) {
                continue;
            }
            if (option.longName().equals(name)) {
                return List.of(option);
            }
            candidates.add(option);
        }
        return candidates;
    }

    private static String names(List<Option> options) {
        StringBuilder names = new StringBuilder();
        for (Option option : options) {
            names.append(names.isEmpty() ? "--" : " --").append(option.longName());
        }
        return names.toString();
    }

    private static @Nullable Option ofLetter(char letter) {
        for (Option option : Option.ALL) {
            if (option.letter() == letter) {
                return option;
            }
        }
        return null;
    }
}
