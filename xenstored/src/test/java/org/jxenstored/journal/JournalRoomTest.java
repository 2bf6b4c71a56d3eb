package org.jxenstored.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.engine.EngineWorld;

/** What is set aside for requests in a journal, and given back. */
class JournalRoomTest {
    /** More requests of the largest size than a journal could ever have room for. */
    private static final int REQUESTS = 40_000;

    /** An engine that asks the journal first, as the daemon's does. */
    private static final class World extends EngineWorld {
        private final String guestsAnswer;

        World(Path directory) throws IOException {
            Opened opened = Opened.open(directory, false, false, Runnable::run);
            try (Journal journal = opened.begin(engine.changes(), Optional.empty())) {
                engine.keep(journal);
                var guest = guest(1);
                journal.commit();
                String large = "x".repeat(4000);
                String answer = "";
                for (int i = 0; i < REQUESTS; i++) {
                    answer = ask(guest, "WRITE", "/not/yours", large);
                    journal.commit();
                }
                assertThat(answer).isEqualTo("EACCES");
                guestsAnswer = ask(guest, "WRITE", "key", "value");
            }
        }
    }

    @TempDir
    Path directory = Path.of("");

    @Test
    @DisplayName("requests that change nothing take no room from those that do (XSA-326)")
    void whatChangesNothingTakesNoRoom() throws IOException {
        assertThat(new World(directory).guestsAnswer).isEqualTo("OK");
    }
}
