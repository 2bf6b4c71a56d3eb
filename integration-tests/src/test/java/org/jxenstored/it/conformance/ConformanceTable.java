package org.jxenstored.it.conformance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The page docs/conformance.md: each rule with the tests that show it. */
final class ConformanceTable {
    private static final List<String> PAGES = List.of("protocol.md", "semantics.md", "lifecycle.md");

    private final Map<String, List<Rule>> rules = new LinkedHashMap<>();
    private final Evidence evidence;
    private final Exemptions exemptions;

    ConformanceTable(Path root) throws IOException {
        for (String page : PAGES) {
            rules.put(page, Rule.read(root.resolve("docs/spec").resolve(page)));
        }
        evidence = Evidence.find(root);
        exemptions = Exemptions.read(root.resolve("integration-tests/src/test/resources/conformance-exemptions.txt"));
    }

    List<String> ruleIds() {
        return rules.values().stream().flatMap(List::stream).map(Rule::id).toList();
    }

    /** Rules that neither a test shows nor an exemption excuses. */
    List<String> unproven() {
        return ruleIds().stream()
                .filter(id -> evidence.of(id).isEmpty() && exemptions.reason(id).isEmpty())
                .toList();
    }

    /** Exemptions of single rules that do not exist. */
    List<String> unknownExemptions() {
        List<String> unknown = new ArrayList<>();
        exemptions.all().forEach(id -> {
            String prefix = id.replace("*", "");
            if (ruleIds().stream().noneMatch(rule -> id.endsWith("*") ? rule.startsWith(prefix) : rule.equals(id))) {
                unknown.add(id);
            }
        });
        return unknown;
    }

    /** The page as text. */
    String page() {
        StringBuilder page = new StringBuilder("# Conformance\n\n")
                .append(
                        "Every rule of the protocol, the semantics and the life of domains, and the tests that show it. Names with `.txt` are\n")
                .append(
                        "transcripts in integration-tests, the others test classes. This page is made by `ConformanceTest`:\n")
                .append("`mvn -pl integration-tests -am test -Dtest=ConformanceTest -Dconformance.write=true")
                .append(" -Dsurefire.failIfNoSpecifiedTests=false`.\n");
        rules.forEach((name, all) -> {
            page.append("\n## ").append(name).append("\n\n| Rule | About | Shown by |\n|---|---|---|\n");
            all.forEach(rule -> page.append("| ")
                    .append(rule.id())
                    .append(" | ")
                    .append(rule.text())
                    .append(" | ")
                    .append(shownBy(rule))
                    .append(" |\n"));
        });
        return page.toString();
    }

    private String shownBy(Rule rule) {
        List<String> tests = evidence.of(rule.id());
        return tests.isEmpty()
                ? exemptions
                        .reason(rule.id())
                        .map(reason -> "no test: " + reason)
                        .orElse("**nothing**")
                : String.join("<br>", tests);
    }
}
