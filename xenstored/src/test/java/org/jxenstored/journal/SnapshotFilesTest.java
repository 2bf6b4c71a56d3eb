package org.jxenstored.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.EngineWorld;
import org.jxenstored.engine.StateListener;
import org.jxenstored.store.RandomTrees;

/** What is kept where snapshots are late, or cannot be had. Every journal that holds anything is long here. */
class SnapshotFilesTest {
    /** No daemon lives until a snapshot is there. */
    private static final Executor NEVER = _ -> {};

    /** An engine whose store is kept. */
    private static final class World extends EngineWorld {
        void does(String... request) {
            assertThat(ask(dom0, request[0], Arrays.copyOfRange(request, 1, request.length)))
                    .isEqualTo("OK");
        }

        Engine served() {
            return engine;
        }
    }

    @TempDir
    Path directory = Path.of("");

    private World world = new World();
    private Optional<Journal> kept = Optional.empty();

    private Opened open(boolean takesPrefix, Executor beside) throws IOException {
        return Opened.open(directory, takesPrefix, false, JournalHeader.SIZE, beside);
    }

    /** A daemon begins, with what the one before it left. */
    private void begin(boolean takesPrefix, Executor beside) throws IOException {
        Opened opened = open(takesPrefix, beside);
        world = new World();
        opened.image().ifPresent(image -> world.served().restore(image, opened.epoch()));
        kept = Optional.of(opened.begin(world.served().changes(), Optional.empty()));
        kept.get().restart(world.served().store().tree(), this::tellAllButNodes, List::of);
    }

    private void tellAllButNodes(StateListener listener) {
        world.served().changes().tellAllButNodes(listener, world.served().connections());
    }

    /** This is asked for and kept; then the journal is long. */
    private void does(String... request) {
        world.does(request);
        assertThat(kept.orElseThrow().commit()).isTrue();
        kept.get().shorten(world.served().store().tree(), this::tellAllButNodes, List::of);
    }

    @AfterEach
    void end() {
        kept.ifPresent(Journal::close);
        kept = Optional.empty();
    }

    private StateDirectory files() {
        return new StateDirectory(directory);
    }

    /** Paths and values that the next daemon finds. */
    private SortedMap<String, String> found(boolean takesPrefix) throws IOException {
        try (Opened opened = open(takesPrefix, NEVER)) {
            SortedMap<String, String> nodes = new TreeMap<>();
            RandomTrees.walk(opened.image().orElseThrow().tree())
                    .forEach(place ->
                            nodes.put(place.path().text(), place.node().value().text()));
            return nodes;
        }
    }

    @Test
    @DisplayName("where no thread can be had for a snapshot, the next one is written, and nothing is lost in between")
    void theNextOneIsWritten() throws IOException {
        int[] tries = {0};
        begin(false, work -> {
            tries[0]++;
            if (tries[0] == 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            work.run();
        });
        assertThat(tries[0]).isOne();
        assertThat(files().latestSnapshot()).isEmpty();
        assertThat(files().journals()).hasSize(2);
        does("WRITE", "/node", "value");
        assertThat(tries[0]).isEqualTo(2);
        assertThat(files().latestSnapshot()).isPresent();
        assertThat(files().journals()).hasSize(1);
        end();
        assertThat(found(false)).containsEntry("/node", "value");
    }

    @Test
    @DisplayName("half a snapshot, of a daemon that was killed, goes with what is older than the next whole one")
    void halfASnapshotGoes() throws IOException {
        begin(false, NEVER);
        Path half = files().draft(files().journals().last());
        Files.writeString(half, "half of it");
        end();
        begin(false, Runnable::run);
        assertThat(files().latestSnapshot()).isPresent();
        assertThat(half).doesNotExist();
    }

    @Test
    @DisplayName("what was answered before the very first snapshot was there is kept")
    void theVeryFirstIsLate() throws IOException {
        begin(false, NEVER);
        does("WRITE", "/node", "value");
        end();
        assertThat(found(false)).containsOnlyKeys("/", "/node", "/tool", "/tool/xenstored");
    }

    @Test
    @DisplayName("where not one of several daemons lives until a snapshot is there, all that each did is kept")
    void noneIsThere() throws IOException {
        begin(false, Runnable::run);
        does("RM", "/tool/xenstored");
        does("WRITE", "/first", "1");
        end();
        begin(false, NEVER);
        does("WRITE", "/second", "2");
        end();
        begin(false, NEVER);
        does("RM", "/first");
        does("WRITE", "/third", "3");
        end();
        assertThat(found(false)).containsOnlyKeys("/", "/second", "/third", "/tool");
    }

    @Test
    @DisplayName("what is done after the prefix before a damage was taken is kept, however soon the daemon is killed")
    void whatComesAfterAPrefixIsKept() throws IOException {
        begin(false, NEVER);
        does("WRITE", "/first", "1");
        does("WRITE", "/second", "2");
        end();
        Path journal = files().journal(files().journals().last());
        byte[] bytes = Files.readAllBytes(journal);
        bytes[JournalHeader.SIZE + JournalFile.RECORD_HEADER]++;
        Files.write(journal, bytes);
        assertThatThrownBy(() -> found(false)).isInstanceOf(DamagedException.class);
        begin(true, NEVER);
        assertThat(kept.orElseThrow().hasSnapshot()).isTrue();
        does("WRITE", "/third", "3");
        end();
        assertThat(found(false)).containsOnlyKeys("/", "/third", "/tool", "/tool/xenstored");
    }

    @Test
    @DisplayName("which run of the machine it is stands before all else, also where no second journal could be begun")
    void theRunIsKeptFirst() throws IOException {
        try (Journal journal = open(false, NEVER).begin(world.served().changes(), Optional.of("this run"))) {
            assertThat(journal.commit()).isTrue();
        }
        try (Opened opened = open(false, NEVER)) {
            assertThat(opened.isOfSameBoot(Optional.of("this run"))).isTrue();
            assertThat(opened.isOfSameBoot(Optional.of("another"))).isFalse();
        }
    }
}
