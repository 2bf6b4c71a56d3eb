package org.jxenstored.it.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Plays every transcript, against the engine alone and against the daemon. */
final class TranscriptTest {
    private static final Path TRANSCRIPTS = Path.of("src", "test", "resources", "transcripts");

    @TempDir
    Path directory = Path.of("");

    @TestFactory
    Stream<DynamicNode> theEngineFollowsTheTranscripts() {
        return containers(EngineWorld.ABILITIES, scenario -> new EngineWorld(scenario.config(), directory));
    }

    @TestFactory
    Stream<DynamicNode> theDaemonFollowsTheTranscripts() {
        return containers(DaemonWorld.ABILITIES, scenario -> new DaemonWorld(scenario.config(), ownDirectory()));
    }

    private Path ownDirectory() {
        try {
            return Files.createTempDirectory(directory, "w");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a directory in " + directory, e);
        }
    }

    /** A test for each scenario that such a world can play. */
    static Stream<DynamicNode> containers(Set<Ability> abilities, Function<Scenario, World> worlds) {
        return files().stream()
                .map(file -> DynamicContainer.dynamicContainer(
                        file.getFileName().toString(),
                        Scenario.read(file).stream()
                                .filter(scenario -> abilities.containsAll(scenario.needs()))
                                .map(scenario -> DynamicTest.dynamicTest(scenario.toString(), () -> {
                                    try (World world = worlds.apply(scenario)) {
                                        new Runner(world).play(scenario);
                                        assertThat(world.findings()).isEmpty();
                                    }
                                }))));
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.list(TRANSCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + TRANSCRIPTS.toAbsolutePath(), e);
        }
    }
}
