package org.jxenstored.it.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.jxenstored.it.transcript.Scenario;

/** Where tests name rules: headings of transcripts, and display names and comments of test classes. */
final class Evidence {
    private final Map<String, List<String>> scenarios = new TreeMap<>();
    private final Map<String, Set<String>> classes = new TreeMap<>();

    /** Everything below this directory, the root of the project. */
    static Evidence find(Path root) throws IOException {
        Evidence evidence = new Evidence();
        for (Path file : files(root.resolve("integration-tests/src/test/resources/transcripts"), ".txt")) {
            Scenario.read(file).forEach(evidence::add);
        }
        try (Stream<Path> modules = Files.list(root)) {
            for (Path tests : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList()) {
                for (Path file : files(tests, ".java")) {
                    evidence.addClass(file);
                }
            }
        }
        return evidence;
    }

    private static List<Path> files(Path directory, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private void add(Scenario scenario) {
        for (String rule : scenario.rules()) {
            scenarios
                    .computeIfAbsent(rule, id -> new ArrayList<>())
                    .add(scenario.file() + ": " + scenario.title().replace("|", "\\|"));
        }
    }

    private void addClass(Path file) throws IOException {
        String name = file.getFileName().toString().replace(".java", "");
        Matcher ids = Rule.ID.matcher(Files.readString(file));
        while (ids.find()) {
            classes.computeIfAbsent(ids.group(), id -> new TreeSet<>()).add(name);
        }
    }

    /** The tests that name a rule, one line each. */
    List<String> of(String rule) {
        List<String> tests = new ArrayList<>(scenarios.getOrDefault(rule, List.of()));
        tests.addAll(classes.getOrDefault(rule, Set.of()));
        return tests;
    }
}
