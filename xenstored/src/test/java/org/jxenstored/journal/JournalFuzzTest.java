package org.jxenstored.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.engine.RandomRequests;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Generations;
import org.jxenstored.store.TreeDifference;
import org.jxenstored.testing.Fuzz;

/** State files that nobody wrote like that: they are read or refused, and nothing else happens. */
class JournalFuzzTest {
    /** Beside what the input is long: a few tables, and a tree's nodes are larger than what tells of them. */
    private static final long ALLOCATED_ANYWAY = 200_000;

    private static final int ALLOCATED_PER_BYTE = 400;

    /** Number of a journal. */
    private static final long FILE = 7;

    @TempDir
    Path directory = Path.of("");

    /** A store that lived for some time: its changes as records, and its last state. */
    private static final class Life extends RandomRequests {
        private final List<byte[]> records = new ArrayList<>();
        private final ChangeWriter writer = new ChangeWriter();

        Life(Random random) {
            super(random, new FakeDomainStates());
            engine.changes().tellAllButNodes(writer, engine.connections());
            engine.changes().take(new ChangeWriter());
            TreeDifference.all(engine.store().tree(), writer);
            writer.boot("a boot");
            Value some = Value.of("some bytes of a message");
            writer.ring(new RingImage(1, 1, 2, 3, false, false, 4, 5, some, some));
            writer.ring(new RingStep(1, 2, false, 14, 15, 10, Value.of("more"), 12, Value.of("more")));
            keep();
        }

        @Override
        protected void check() {
            engine.changes().take(writer);
            keep();
        }

        private void keep() {
            if (!writer.isEmpty()) {
                records.add(RawBody.copyOf(writer.body()).bytes());
                writer.clear();
            }
        }

        SnapshotContents contents() {
            SnapshotContents contents = new SnapshotContents(engine.store().tree(), Optional.of("a boot"));
            engine.changes().tellAllButNodes(contents, engine.connections());
            Value some = Value.of("some bytes of a message");
            engine.domains()
                    .all()
                    .forEach(domain ->
                            contents.add(new RingImage(domain.domid(), 1, 2, 3, false, true, 4, 5, some, some)));
            return contents;
        }
    }

    private static Life life(Fuzz fuzz) {
        Life life = new Life(new Random(fuzz.anyInt()));
        life.live(60);
        return life;
    }

    /** What a reader does: it returns, or throws what is declared. */
    private interface Reading {
        void read() throws DamagedException;
    }

    private static void readOrRefuse(int input, Reading reading) {
        long allocated = Fuzz.allocatedBy(() -> {
            try {
                reading.read();
            } catch (DamagedException declared) {
                assertThat(declared).hasMessageMatching("(?s).+");
            }
        });
        assertThat(allocated).isLessThan(ALLOCATED_ANYWAY + (long) ALLOCATED_PER_BYTE * input);
    }

    private static void read(List<byte[]> records) {
        int size = records.stream().mapToInt(record -> record.length).sum();
        readOrRefuse(size, () -> {
            Remembered remembered = new Remembered(new Generations());
            for (byte[] record : records) {
                ChangeReader.read(ByteBuffer.wrap(record), remembered);
            }
            boolean _ = remembered.store().isPresent();
        });
    }

    @Test
    @DisplayName("a record of any bytes is read or refused as damaged, and takes no more memory than it is worth")
    void anyRecordIsReadOrRefused() {
        Fuzz.seeds(500, fuzz -> read(List.of(fuzz.bytes(300))));
    }

    @Test
    @DisplayName("records that were damaged, lost, doubled or put into another order are read or refused")
    void damagedRecordsAreReadOrRefused() {
        Fuzz.seeds(60, fuzz -> {
            List<byte[]> records = life(fuzz).records;
            for (int i = 0; i < 20; i++) {
                List<byte[]> now = new ArrayList<>(records);
                int at = fuzz.upTo(now.size() - 1);
                switch (fuzz.upTo(3)) {
                    case 0 -> now.remove(at);
                    case 1 -> now.add(fuzz.upTo(now.size() - 1), now.get(at));
                    default -> now.set(at, fuzz.damaged(now.get(at)));
                }
                read(now);
            }
        });
    }

    @Test
    @DisplayName(
            "a snapshot of any bytes, and a good one that was damaged and has the right checksum, is read or refused")
    void damagedSnapshotsAreReadOrRefused() {
        Fuzz.seeds(60, fuzz -> {
            Life life = life(fuzz);
            byte[] whole = snapshot(life);
            readSnapshot(whole);
            for (int i = 0; i < 20; i++) {
                readSnapshot(fuzz.oneIn(5) ? fuzz.bytes(200) : withChecksum(fuzz.damaged(whole)));
            }
        });
    }

    private static byte[] snapshot(Life life) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SnapshotWriter.write(Channels.newChannel(out), life.contents());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void readSnapshot(byte[] stream) {
        readOrRefuse(stream.length, () -> {
            Remembered remembered = new Remembered(new Generations());
            SnapshotReader.read(ByteBuffer.wrap(stream), remembered);
            boolean _ = remembered.store().isPresent();
        });
    }

    /** The last 24 bytes are the record of the checksum's body, and the end; in what was damaged they may be nothing. */
    private static byte[] withChecksum(byte[] stream) {
        int end = (stream.length & -8) - 24;
        if (end < 0) {
            return stream;
        }
        CRC32C crc = new CRC32C();
        crc.update(stream, 0, end);
        ByteBuffer now = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        now.putInt(end, MigrationStream.JXENSTORED_CHECKSUM).putInt(end + 4, 8).putLong(end + 8, crc.getValue());
        return stream;
    }

    @Test
    @DisplayName(
            "whatever is overwritten in a journal: what is read is a beginning of what was written, and what is missing"
                    + " from its middle is told")
    void noMiddleIsLostSilently() {
        Fuzz.seeds(100, fuzz -> {
            try {
                overwrite(fuzz);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void overwrite(Fuzz fuzz) throws IOException {
        Path file = directory.resolve("journal");
        List<byte[]> written = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        try (JournalFile journal = JournalFile.create(file)) {
            for (int i = 0; i < 20; i++) {
                byte[] record = Fuzz.joined(new byte[] {(byte) i}, fuzz.bytes(200));
                journal.append(100 + i, new RawBody(record));
                written.add(record);
                ends.add((int) journal.size());
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        int from = fuzz.upTo(ends.getLast() - 1);
        byte[] over = fuzz.bytes(30);
        int to = Math.min(ends.getLast(), from + over.length);
        System.arraycopy(over, 0, bytes, from, to - from);
        Files.write(file, bytes);

        List<byte[]> read = new ArrayList<>();
        JournalReader.End end = JournalReader.read(file, FILE, 0, (_, body) -> {
            byte[] record = new byte[body.remaining()];
            body.get(record);
            read.add(record);
        });
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(written.get(i));
        }
        int lastTouched = to == from ? from : to - 1;
        boolean reachesTheLast = lastTouched >= ends.get(ends.size() - 2);
        if (read.size() < written.size() && !reachesTheLast) {
            assertThat(end.damage())
                    .as("of %s of %s records, overwritten %s to %s", read.size(), written.size(), from, to)
                    .isNotEmpty();
        }
    }
}
