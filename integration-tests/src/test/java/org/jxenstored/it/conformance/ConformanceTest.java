package org.jxenstored.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds the specification, the tests and docs/conformance.md together. */
final class ConformanceTest {
    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/conformance.md");

    @Test
    void everyRuleIsShownByATestOrExcused() throws IOException {
        ConformanceTable table = new ConformanceTable(ROOT);
        assertThat(table.ruleIds()).hasSizeGreaterThan(300);
        assertThat(table.unproven())
                .as("rules without a test; name them in a transcript heading or a @DisplayName, or excuse them in"
                        + " integration-tests/src/test/resources/conformance-exemptions.txt")
                .isEmpty();
        assertThat(table.unknownExemptions())
                .as("exemptions of rules that do not exist")
                .isEmpty();
    }

    @Test
    void thePageIsUpToDate() throws IOException {
        String page = new ConformanceTable(ROOT).page();
        if (Boolean.getBoolean("conformance.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("write it anew with -Dconformance.write=true").hasContent(page);
    }
}
