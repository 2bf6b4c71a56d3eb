package org.jxenstored.it.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests of the real xl and of real kernels get the replies and events that the stock daemon gave them. */
final class RecordingTest {
    private static final Path README = Recording.DIRECTORY.resolve("README.md");

    @TempDir
    Path directory = Path.of("");

    @Test
    @DisplayName(
            "P-ORD-1, P-ORD-4, P-ORD-5, P-ORD-6: the same requests get the same replies and events in the same order")
    void theSameRequestsGetTheSameAnswers() {
        Recording.replay(Recording.expected(), directory);
    }

    @Test
    void theReadmeTellsWhatIsRecorded() throws IOException {
        String readme = Files.readString(README);
        String anew = Census.of(Recording.lines()).putInto(readme);
        if (Boolean.getBoolean("recording.write")) {
            Files.writeString(README, anew);
        }
        assertThat(README).as("write it anew with -Drecording.write=true").hasContent(anew);
    }

    /** What a recording is for: whoever records anew must not lose it. */
    @Test
    void theRecordingHoldsTheWholeLifeOfGuests() {
        Census census = Census.of(Recording.lines());
        assertThat(census.requests("xl")).containsKeys("TRANSACTION_END", "SET_PERMS", "INTRODUCE", "RM", "WATCH");
        assertThat(census.requests("xenconsoled")).containsKeys("WATCH", "READ");
        assertThat(census.requests(Census.KERNEL)).containsKeys("WATCH", "READ", "DIRECTORY", "WRITE");
        assertThat(census.requests(Census.GUESTS))
                .containsKeys("WATCH", "READ", "WRITE", "DIRECTORY", "TRANSACTION_START", "TRANSACTION_END");
        assertThat(census.deeds()).containsKeys("appears", "shuts down 0", "shuts down 2", "shuts down 3", "dies");
    }
}
