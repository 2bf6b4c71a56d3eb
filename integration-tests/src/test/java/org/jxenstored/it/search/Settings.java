package org.jxenstored.it.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param words what must be typed to get the same again
 * @param seeds how many, if no time is given
 * @param minutes how long; 0 for no limit but the number of seeds
 * @param figures where to write what came out
 */
record Settings(boolean help, String words, long seed, long seeds, long minutes, Optional<Path> figures) {
    static final String HELP = """
            Usage: benchmarks/search [--minutes N | --seeds N] [--seed FIRST] [--figures FILE]
            Plays random lives of whole simulated machines, with daemons that are killed, and compares everything with a
            naive model. A life that shows something else is printed as the command that repeats it, and as a short script.
              --seeds N       so many lives; 2000 if nothing is said
              --minutes N     as many as can be played in so many minutes
              --seed FIRST    the first seed; 1 if nothing is said
              --figures FILE  writes what came out, one figure a line
            Ends with 1 if a life showed something else, 2 if it was asked for something that there is not.""";

    static Settings read(List<String> words) {
        long seed = 1;
        long seeds = 2000;
        long minutes = 0;
        boolean help = false;
        Optional<Path> figures = Optional.empty();
        List<String> repeated = new ArrayList<>();
        Iterator<String> each = words.iterator();
        while (each.hasNext()) {
            String word = each.next();
            switch (word) {
                case "--seed" -> seed = number(word, each, repeated);
                case "--seeds" -> seeds = number(word, each, repeated);
                case "--minutes" -> minutes = number(word, each, repeated);
                case "--figures" -> figures = Optional.of(Path.of(value(word, each)));
                case "--help", "-h" -> help = true;
                default -> refuse("there is no option " + word + "; see --help");
            }
        }
        return new Settings(help, String.join(" ", repeated), seed, seeds, minutes, figures);
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            refuse(option + " needs a value");
        }
        return words.next();
    }

    private static long number(String option, Iterator<String> words, List<String> repeated) {
        String word = value(option, words);
        repeated.add(option);
        repeated.add(word);
        if (!word.matches("[0-9]{1,15}")) {
            refuse(option + " needs a number, not " + word);
        }
        return Long.parseLong(word);
    }

    private static void refuse(String why) {
        System.err.println("search: " + why);
        System.exit(2);
    }
}
