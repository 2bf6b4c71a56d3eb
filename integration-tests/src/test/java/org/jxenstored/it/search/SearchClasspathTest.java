package org.jxenstored.it.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The tests know where they and all that they need are; {@code benchmarks/search} asks them. */
final class SearchClasspathTest {
    @Test
    @DisplayName("benchmarks/search is told the class path it needs: -Djxenstored.search.classpath=FILE")
    void theClassPathIsWrittenDown() throws Exception {
        List<String> places = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(":"))
                .filter(place -> Files.exists(Path.of(place)))
                .toList();
        assertThat(places).anyMatch(place -> place.endsWith("test-classes"));
        String file = System.getProperty("jxenstored.search.classpath");
        if (file != null) {
            Files.writeString(Path.of(file), String.join(":", places));
        }
    }
}
