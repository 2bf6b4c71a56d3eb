package org.jxenstored.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.engine.EngineWorld;
import org.jxenstored.engine.StoreImage;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;
import org.jxenstored.testing.Seeds;

/** The files of a state directory, whole and damaged; also where the journal's file was that of earlier ones. */
@ParameterizedClass(name = "journals before: {0}")
@ValueSource(ints = {0, 1, 2, 5})
class RecoveryTest {
    /** An engine whose changes can be taken. */
    private static final class World extends EngineWorld {
        void write(String path, String value) {
            ask(dom0, "WRITE", path, value);
        }

        org.jxenstored.engine.Engine served() {
            return engine;
        }
    }

    @Parameter
    int journalsBefore;

    @TempDir
    Path directory = Path.of("");

    private final World world = new World();
    private Optional<Opened> opened = Optional.empty();

    @BeforeEach
    void aDaemonKeepsThreeValues() throws IOException {
        Journal journal = open(false).begin(world.served().changes(), Optional.of("this boot"));
        beginFile(journal);
        for (int i = 0; i < journalsBefore; i++) {
            for (int size = 1; size < 1000; size += 7) {
                world.write("/other" + size % 3, "other".repeat(size % 500));
                journal.commit();
            }
            beginFile(journal);
        }
        for (String name : new String[] {"one", "two", "three"}) {
            world.write("/" + name, name.repeat(20));
            journal.commit();
        }
        letGo();
    }

    private void beginFile(Journal journal) {
        journal.restart(
                world.served().store().tree(),
                listener -> world.served()
                        .changes()
                        .tellAllButNodes(listener, world.served().connections()),
                java.util.List::of);
    }

    @AfterEach
    void letGo() throws IOException {
        if (opened.isPresent()) {
            opened.get().close();
            opened = Optional.empty();
        }
    }

    private Opened open(boolean takesPrefix) throws IOException {
        Opened found = Opened.open(directory, takesPrefix, false, Runnable::run);
        opened = Optional.of(found);
        return found;
    }

    private String names(boolean takesPrefix) throws IOException {
        StoreImage image = open(takesPrefix).image().orElseThrow();
        StringBuilder names = new StringBuilder();
        for (String name : new String[] {"one", "two", "three"}) {
            Node node = image.tree().find(StorePath.of("/" + name));
            if (node != null) {
                assertThat(node.value().text()).isEqualTo(name.repeat(20));
                names.append(name).append(' ');
            }
        }
        return names.toString().strip();
    }

    private Path journal() throws IOException {
        return new StateDirectory(directory)
                .journal(new StateDirectory(directory).journals().last());
    }

    /** Where the record that holds this text begins to hold it. */
    private long placeOf(String text) throws IOException {
        byte[] start = new byte[4096];
        try (FileChannel file = FileChannel.open(journal())) {
            file.read(ByteBuffer.wrap(start));
        }
        return new String(start, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(text);
    }

    private void overwrite(long place, byte... bytes) throws IOException {
        try (FileChannel file = FileChannel.open(journal(), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(bytes), place);
        }
    }

    @Test
    @DisplayName("what was committed is there")
    void allIsThere() throws IOException {
        assertThat(names(false)).isEqualTo("one two three");
    }

    @Test
    @DisplayName("a request that gives the root what it has leaves nothing that would hide what comes after it")
    void nothingHidesWhatComesAfterIt() throws IOException {
        Journal journal = open(false).begin(world.served().changes(), Optional.empty());
        world.write("/", "");
        journal.commit();
        world.write("/three", "three".repeat(20));
        journal.commit();
        letGo();
        assertThat(names(false)).isEqualTo("one two three");
    }

    @Test
    @DisplayName("another run of the machine is told from the same one, if both have names")
    void anotherBootIsNoticed() throws IOException {
        Opened found = open(false);
        assertThat(found.isOfSameBoot(Optional.of("this boot"))).isTrue();
        assertThat(found.isOfSameBoot(Optional.of("the next boot"))).isFalse();
        assertThat(found.isOfSameBoot(Optional.empty())).isTrue();
    }

    @Test
    @DisplayName("files are for their owner only")
    void filesAreForTheirOwner() throws IOException {
        try (var files = Files.list(directory)) {
            assertThat(files.toList())
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(
                                    Files.getPosixFilePermissions(file).toString())
                            .doesNotContain("GROUP", "OTHERS"));
        }
    }

    @Test
    @DisplayName("the file of a journal that nobody needs any more becomes that of the next")
    void filesAreUsedAgain() throws IOException {
        StateDirectory files = new StateDirectory(directory);
        assertThat(files.journals()).hasSize(1);
        assertThat(Files.exists(files.spare())).isTrue();
        Journal journal = open(false).begin(world.served().changes(), Optional.empty());
        assertThat(Files.exists(files.spare())).as("that of an earlier daemon").isFalse();
        beginFile(journal);
        Object spare = Files.getAttribute(files.spare(), "unix:ino");
        beginFile(journal);
        assertThat(Files.getAttribute(journal(), "unix:ino")).isEqualTo(spare);
        journal.close();
        opened = Optional.empty();
        assertThat(Files.exists(files.spare())).isFalse();
    }

    @Test
    @DisplayName("a torn end is cut")
    void aTornEndIsCut() throws IOException {
        overwrite(placeOf("threethree"), (byte) 0);
        assertThat(names(false)).isEqualTo("one two");
    }

    @Test
    @DisplayName("a damaged middle is refused with a way out, and --recover=prefix takes what stands before it")
    void aDamagedMiddleIsRefused() throws IOException {
        overwrite(placeOf("twotwo"), (byte) 0);
        assertThatThrownBy(() -> open(false))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(journal().toString())
                .hasMessageContaining("--recover=prefix");
        assertThat(names(true)).isEqualTo("one");
    }

    @Test
    @DisplayName("a journal of another version, or with a damaged beginning, is refused with a way out")
    void anotherBeginningIsRefused() throws IOException {
        overwrite(0, (byte) 'y');
        assertThatThrownBy(() -> open(false))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("version")
                .hasMessageContaining("--recover=prefix");
        overwrite(0, (byte) 'j');
        overwrite(JournalHeader.SIZE - 16, new byte[8]);
        assertThatThrownBy(() -> open(false))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("--recover=prefix");
        assertThat(names(true)).isEmpty();
    }

    @Test
    @DisplayName("a journal that was not begun is empty")
    void aFileThatWasNotBegunIsEmpty() throws IOException {
        overwrite(0, new byte[8]);
        assertThat(names(false)).isEmpty();
    }

    @Test
    @DisplayName("a damaged snapshot is refused with a way out")
    void aDamagedSnapshotIsRefused() throws IOException {
        Path snapshot = new StateDirectory(directory)
                .snapshot(new StateDirectory(directory).latestSnapshot().orElseThrow());
        try (FileChannel file = FileChannel.open(snapshot, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {'x'}), 60);
        }
        assertThatThrownBy(() -> open(false))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(snapshot.toString());
    }

    @Test
    @DisplayName("a directory serves one daemon at a time")
    void oneAtATime() throws IOException {
        open(false);
        assertThatThrownBy(() -> Opened.open(directory, false, false, Runnable::run))
                .isInstanceOf(Exception.class);
    }

    @Test
    @DisplayName("whatever is overwritten, it is read or refused, and nothing is made up")
    void noByteMatters() throws IOException {
        long size = placeOf("threethree") + 60;
        byte[] good = new byte[(int) size];
        try (FileChannel file = FileChannel.open(journal())) {
            file.read(ByteBuffer.wrap(good));
        }
        Seeds.forEach(200, random -> {
            try {
                int place = random.nextInt((int) size);
                overwrite(place, (byte) random.nextInt());
                try {
                    assertThat("one two three").startsWith(names(false));
                } catch (DamagedException e) {
                    assertThat(e).hasMessageContaining("journal");
                }
                letGo();
                overwrite(0, good);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }
}
