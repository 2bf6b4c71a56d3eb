package org.jxenstored.benchmarks.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.MessageType;

/** The differences that are meant, as data. */
final class RulesTest {
    private static final Path DOCS = Path.of("..", "docs");

    private static Difference reply(MessageType type, String payload, String c, String ours) {
        Step step = Step.Call.of(Who.S0, type, TransactionRef.NONE, payload);
        return new Difference(step, Difference.What.REPLY, Who.S0, c, ours, Circumstances.CALM);
    }

    @Test
    void eachRowIsInTheDocumentAndEachRowOfTheDocumentIsHere() throws IOException {
        Set<String> inDocument = Files.readAllLines(DOCS.resolve("compatibility.md")).stream()
                .filter(line -> line.matches("\\| [a-z-]+ \\| [PSL]-.*"))
                .map(line -> line.split("\\|", -1)[1].strip())
                .collect(Collectors.toSet());
        Set<String> here = Rules.read().all().stream().map(Rule::name).collect(Collectors.toSet());
        assertThat(here).isNotEmpty().isEqualTo(inDocument);
    }

    @Test
    void eachRowNamesRulesThatAreInTheSpecification() throws IOException {
        String specification = Files.readString(DOCS.resolve("spec/protocol.md"))
                + Files.readString(DOCS.resolve("spec/semantics.md"));
        assertThat(Rules.read().all())
                .flatExtracting(Rule::ids)
                .isNotEmpty()
                .allSatisfy(id -> assertThat(specification).containsPattern(id + "[ .]"));
    }

    @Test
    void aRowExplainsWhatItSaysAndNothingElse() {
        Rules rules = new Rules(
                List.of(Rule.of("a | P-NUM-1 | same | reply | RESUME | socket | ok ENOENT | EINVAL | bad-domid")));
        assertThat(rules.explain(reply(MessageType.RESUME, "1\0", "ENOENT", "EINVAL")))
                .isEmpty();
        assertThat(rules.explain(reply(MessageType.RELEASE, "x\0", "ENOENT", "EINVAL")))
                .isEmpty();
        assertThat(rules.explain(reply(MessageType.RESUME, "x\0", "EBUSY", "EINVAL")))
                .isEmpty();
        assertThat(rules.explain(reply(MessageType.RESUME, "x\0", "ENOENT", "\"OK\\0\"")))
                .isEmpty();
        assertThat(rules.unused()).containsExactly("a");
        assertThat(rules.explain(reply(MessageType.RESUME, "x\0", "\"OK\\0\"", "EINVAL")))
                .isPresent();
        assertThat(rules.unused()).isEmpty();
        assertThat(rules.uses()).containsEntry("a", 1);
    }

    @Test
    void aRowWithAColumnMissingIsRefused() {
        assertThatThrownBy(() -> Rule.of("a | P-NUM-1 | same | reply | any | any | * | always"))
                .hasMessageContaining("columns");
    }
}
