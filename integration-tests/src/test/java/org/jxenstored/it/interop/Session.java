package org.jxenstored.it.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A golden file: commands, and what they print and how they end, as its own first lines explain. */
final class Session {
    private static final String COMMAND = "$ ";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|[^ ]+");

    private final String golden;

    private Session(String golden) {
        this.golden = golden;
    }

    static Session read(String name) throws IOException {
        return new Session(Files.readString(Path.of("src", "test", "resources", "interop", name), ISO_8859_1));
    }

    String golden() {
        return golden;
    }

    /** The file as it is if its commands are run now, one after the other. */
    String play(Path socket, Function<String, Program> programs) throws IOException, InterruptedException {
        StringBuilder played = new StringBuilder();
        for (String line : golden.lines().toList()) {
            if (line.startsWith("#")) {
                played.append(line).append('\n');
            } else if (line.startsWith(COMMAND)) {
                List<String> words = words(line.substring(COMMAND.length()));
                Program program = programs.apply(words.getFirst());
                played.append(line).append('\n');
                played.append(program.run(socket, words.subList(1, words.size()).toArray(String[]::new))
                        .shown());
            }
        }
        return played.toString();
    }

    /** Words between blanks; quotes keep a word together and everything in it as it is. */
    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group());
        }
        return words;
    }
}
