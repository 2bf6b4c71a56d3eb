package org.jxenstored.it.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Rules that no test has to show, with the reason: lines {@code RULE-ID: reason}, where the id may end in a star. */
final class Exemptions {
    private final Map<String, String> reasons = new LinkedHashMap<>();

    static Exemptions read(Path file) throws IOException {
        Exemptions exemptions = new Exemptions();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                int colon = line.indexOf(": ");
                for (String ids : line.substring(0, colon).split(", ", -1)) {
                    exemptions.reasons.put(ids, line.substring(colon + 2).strip());
                }
            }
        }
        return exemptions;
    }

    /** Why this rule needs no test. */
    Optional<String> reason(String rule) {
        String family = rule.substring(0, rule.lastIndexOf('-') + 1) + "*";
        return Optional.ofNullable(reasons.getOrDefault(rule, reasons.get(family)));
    }

    /** What is exempt, as written in the file. */
    Iterable<String> all() {
        return reasons.keySet();
    }
}
