package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the diagrams of docs/lifecycle.md and what really happens together. */
final class LifecycleDiagramsTest {
    private static final Path PAGE = Path.of("../docs/lifecycle.md");
    private static final String HOW_TO_WRITE = "the page shows something else than what happens; look at the difference"
            + " and write the page anew with: mvn -pl integration-tests -am test -Dtest=LifecycleDiagramsTest"
            + " -Ddiagrams.write=true -Dsurefire.failIfNoSpecifiedTests=false";

    private static Iterable<String> names() {
        return DiagramStories.names();
    }

    @Test
    @DisplayName("every diagram of the page has its scenario, and every scenario its place")
    void places() throws IOException {
        assertThat(new ArrayList<>(
                        new DiagramPage(Files.readString(PAGE)).diagrams().keySet()))
                .isEqualTo(List.copyOf(DiagramStories.names()));
    }

    @Test
    @DisplayName("docs/lifecycle.md shows what happens")
    void thePageShowsWhatHappens() throws Exception {
        Map<String, String> diagrams = new LinkedHashMap<>();
        for (String name : DiagramStories.names()) {
            diagrams.put(name, DiagramStories.play(name).diagram());
        }
        DiagramPage page = new DiagramPage(Files.readString(PAGE));
        if (Boolean.getBoolean("diagrams.write")) {
            page = page.with(name -> diagrams.getOrDefault(name, ""));
            Files.writeString(PAGE, page.text());
        }
        Map<String, String> shown = page.diagrams();
        diagrams.forEach((name, diagram) ->
                assertThat(shown.get(name)).as(name + ": " + HOW_TO_WRITE).isEqualTo(diagram));
    }

    @ParameterizedTest
    @MethodSource("names")
    @DisplayName("a diagram is short enough to be read, and the same each time")
    void shortAndTheSame(String name) throws Exception {
        Story story = DiagramStories.play(name);
        assertThat(story.happenings()).as(story.diagram()).hasSizeBetween(5, 18);
        assertThat(DiagramStories.play(name)).isEqualTo(story);
    }
}
