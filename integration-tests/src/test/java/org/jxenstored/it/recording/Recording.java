package org.jxenstored.it.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jxenstored.it.transcript.EngineWorld;
import org.jxenstored.it.transcript.Runner;
import org.jxenstored.it.transcript.Scenario;
import org.jxenstored.it.transcript.World;

/** What the clients of a stock xenstored said on real Xen, and what they were answered; a transcript. */
final class Recording {
    static final Path DIRECTORY = Path.of("src", "test", "resources", "recordings");
    private static final String NAME = "xl.txt";

    private Recording() {}

    /** As it was recorded. */
    static List<String> lines() {
        return lines(NAME);
    }

    /** As it is expected here. */
    static List<String> expected() {
        return Difference.apply(Difference.read(lines("differences.txt")), lines());
    }

    /** The requests go to this daemon's engine; an AssertionError if it answers otherwise. */
    static void replay(List<String> lines, Path directory) {
        for (Scenario scenario : Scenario.read(NAME, lines)) {
            try (World world = EngineWorld.asRecorded(directory)) {
                new Runner(world).play(scenario);
                assertThat(world.findings()).isEmpty();
            }
        }
    }

    private static List<String> lines(String name) {
        Path file = DIRECTORY.resolve(name);
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file.toAbsolutePath(), e);
        }
    }
}
