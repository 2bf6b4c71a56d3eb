package org.jxenstored.cli;

import java.util.List;
import java.util.Optional;

/**
 * The words after {@code xenstore-control live-update} (C-CTL-6).
 *
 * @param file program of the new server, a path on the server's side
 * @param commandLine for the new server, empty to keep the old one
 * @param force update although guests have transactions open
 * @param seconds to wait for a moment without transactions, unsigned
 * @param version of the state stream to write, empty for the server's choice
 */
record LiveUpdateOptions(
        String file, Optional<String> commandLine, boolean force, int seconds, Optional<String> version) {
    private static final int DEFAULT_SECONDS = 60;

    /** Reads the words; the last of several files counts, an unknown option counts as one. Empty after a message. */
    static Optional<LiveUpdateOptions> parse(List<String> words, Console console) {
        Optional<String> file = Optional.empty();
        Optional<String> commandLine = Optional.empty();
        Optional<String> version = Optional.empty();
        boolean force = false;
        int seconds = DEFAULT_SECONDS;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean takesValue = word.equals("-c") || word.equals("-t") || word.equals("-v");
            if (takesValue && i + 1 == words.size()) {
                console.message("live-update: " + word + " needs a value after it");
                return Optional.empty();
            }
            switch (word) {
                case "-c" -> commandLine = Optional.of(words.get(++i));
                case "-t" -> seconds = LenientNumber.parse(words.get(++i));
                case "-v" -> version = Optional.of(words.get(++i));
                case "-F" -> force = true;
                default -> file = Optional.of(word);
            }
        }
        if (file.isEmpty()) {
            console.message("live-update: name the file of the new server, as in: live-update [-c CMDLINE] [-F]"
                    + " [-t SECONDS] [-v VERSION] FILE");
            return Optional.empty();
        }
        return Optional.of(new LiveUpdateOptions(file.get(), commandLine, force, seconds, version));
    }
}
