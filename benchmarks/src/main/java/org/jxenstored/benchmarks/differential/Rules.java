package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The differences that are meant, and how often each was seen. */
final class Rules {
    private static final String FILE = "rules.txt";

    private final List<Rule> rules;
    private final Map<String, Integer> uses = new TreeMap<>();

    Rules(List<Rule> rules) {
        this.rules = List.copyOf(rules);
        rules.forEach(rule -> uses.put(rule.name(), 0));
    }

    /** Those of the file beside this class. */
    static Rules read() {
        try (InputStream file = Rules.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not beside " + Rules.class);
            }
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return new Rules(text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Rule::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
    }

    List<Rule> all() {
        return rules;
    }

    /** The first row that explains it; it counts as used. */
    Optional<Rule> explain(Difference difference) {
        Optional<Rule> found =
                rules.stream().filter(rule -> rule.explains(difference)).findFirst();
        found.ifPresent(rule -> uses.merge(rule.name(), 1, Integer::sum));
        return found;
    }

    /** In the order of the file. */
    List<String> names() {
        return rules.stream().map(Rule::name).distinct().toList();
    }

    /** By name. */
    Map<String, Integer> uses() {
        return Map.copyOf(uses);
    }

    List<String> unused() {
        return names().stream().filter(name -> uses.getOrDefault(name, 0) == 0).toList();
    }
}
