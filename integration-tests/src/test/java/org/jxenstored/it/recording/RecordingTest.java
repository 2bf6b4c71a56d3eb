package org.jxenstored.it.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.it.transcript.EngineWorld;
import org.jxenstored.it.transcript.Runner;
import org.jxenstored.it.transcript.Scenario;
import org.jxenstored.it.transcript.World;

/** The requests of the real xl and of real kernels get the replies and events that the stock daemon gave them. */
final class RecordingTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    @DisplayName(
            "P-ORD-1, P-ORD-4, P-ORD-5, P-ORD-6: the same requests get the same replies and events in the same order")
    void theLifeOfGuestsUnderXl() {
        Recording recording = Recording.read("xl.txt");
        System.out.println(recording.census());
        List<Scenario> scenarios = Scenario.read(recording.name(), recording.lines());
        assertThat(scenarios).isNotEmpty();
        for (Scenario scenario : scenarios) {
            try (World world = EngineWorld.asRecorded(directory)) {
                new Runner(world).play(scenario);
                assertThat(world.findings()).isEmpty();
            }
        }
    }
}
