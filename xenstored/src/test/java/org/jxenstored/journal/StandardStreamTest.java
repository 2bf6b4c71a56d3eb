package org.jxenstored.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.Quotas;
import org.jxenstored.engine.EngineWorld;
import org.jxenstored.engine.RandomRequests;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Generations;
import org.jxenstored.testing.Seeds;

/** A snapshot is a migration stream: to those who know the standard only, and, with what they skip, to ourselves. */
class StandardStreamTest {
    private static final Value HALF_A_REQUEST = Value.of("half");

    /** A guest with watches of all kinds and a target, a target, and one that is named in a permission only. */
    private static final class World extends EngineWorld {
        World() {
            Guest stub = guest(5);
            Guest user = guest(7);
            hypervisor.create(9);
            ask(dom0, "SET_TARGET", "5", "7");
            ask(dom0, "SET_QUOTA", "nodes", "77");
            ask(dom0, "SET_QUOTA", "5", "watches", "4");
            ask(dom0, "SET_FEATURE", "9", "1");
            ask(dom0, "WRITE", "/z/y", "value");
            ask(dom0, "WRITE", "/a", "");
            ask(dom0, "SET_PERMS", "/a", "n5", "r9");
            ask(stub, "WATCH", "data", "own");
            ask(stub, "WATCH", "/z", "deep", "3");
            ask(user, "WATCH", "@releaseDomain", "special");
            ask(stub, "WATCH", "/local/domain/5/data", "long form");
        }

        SnapshotContents contents() {
            SnapshotContents contents = new SnapshotContents(engine.store().tree(), Optional.of("a boot"));
            engine.changes().tellAllButNodes(contents, engine.connections());
            contents.add(new RingImage(5, 8, 77, 6, true, false, -3, 1 << 31, HALF_A_REQUEST, owed(Value.of("st"))));
            return contents;
        }

        Domain domain(int domid) {
            return engine.domains().know(domid);
        }
    }

    /** The rest of a message and two whole ones. */
    private static Value owed(Value rest) {
        ByteBuffer all = ByteBuffer.allocate(4096);
        rest.copyTo(all);
        Message.of(MessageType.READ, 3, 0, Value.of("value")).write(all);
        Message.of(MessageType.WATCH_EVENT, 0, 0, Value.of("data\0own\0")).write(all);
        return Value.copyOf(all.array(), 0, all.position());
    }

    private static byte[] written(SnapshotContents contents) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            SnapshotWriter.write(Channels.newChannel(out), contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Remembered read(byte[] stream) throws DamagedException {
        Remembered found = new Remembered(new Generations());
        SnapshotReader.read(ByteBuffer.wrap(stream), found);
        return found;
    }

    private static String words(Quotas quotas) {
        StringBuilder all = new StringBuilder();
        for (QuotaName name : QuotaName.all()) {
            all.append(' ').append(name.wireName()).append('=').append(quotas.get(name));
        }
        return all.toString();
    }

    @Test
    @DisplayName(
            "S-STR-1, S-STR-2, S-STR-3, S-STR-4, S-STR-5, S-STR-7, S-STR-8, S-REL-2: a reader that knows the standard"
                    + " only finds everything the standard has a record for, in its place")
    void anotherReaderUnderstandsIt() {
        World world = new World();
        Quotas changed = Quotas.DEFAULTS.with(QuotaName.NODES, 77);
        List<String> records = StandardReader.read(written(world.contents()));
        assertThat(records)
                .filteredOn(record -> !record.startsWith("NODE") && !record.startsWith("DOMAIN"))
                .containsExactly(
                        "GLOBAL listens -1 events -1",
                        "QUOTAS" + words(changed),
                        "RING 1 of 5 target 7 port 0 unique " + world.domain(5).uniqueId()
                                + " in 'half' rest 'st' messages [2:5, 15:9]",
                        "WATCH 1 data own",
                        "WATCH 1 /z deep depth 3",
                        "WATCH 1 /local/domain/5/data long form",
                        "RING 2 of 7 target 7ff4 port 0 unique "
                                + world.domain(7).uniqueId() + " in '' rest '' messages []",
                        "WATCH 2 @releaseDomain special");
        assertThat(records)
                .containsSubsequence(
                        "NODE / n0 = ",
                        "NODE /local n0 = ",
                        "NODE /local/domain/5 n5 = ",
                        "NODE /local/domain/7 n7 = ",
                        "NODE /z n0 = ",
                        "NODE /z/y n0 = value",
                        "NODE /a n5 r9 = ",
                        "NODE @releaseDomain n0 r32757 = ",
                        "NODE @introduceDomain n0 = ");
        assertThat(records).filteredOn(record -> record.startsWith("DOMAIN")).containsExactlyElementsOf(domains(world));
        assertThat(records)
                .contains("DOMAIN 5 features 15" + words(Quotas.DEFAULTS.with(QuotaName.WATCHES, 4)))
                .anyMatch(record -> record.startsWith("DOMAIN 7 features 15 "))
                .anyMatch(record -> record.startsWith("DOMAIN 9 features 1 "));
    }

    private static List<String> domains(World world) {
        return world.contents().domains().stream()
                .map(domain -> "DOMAIN " + domain.domid() + " features " + domain.features() + words(domain.quotas()))
                .toList();
    }

    @Test
    @DisplayName("S-STR-13: a domain that is named in a permission only, without connection and nodes, is read again")
    void aDomainThatIsOnlyNamedIsReadAgain() throws DamagedException {
        World world = new World();
        assertThat(read(written(world.contents())).domains())
                .contains(world.domain(9).image());
    }

    /** Lives, and has rings in any state. */
    private static final class Life extends RandomRequests {
        private final Random random;

        Life(Random random) {
            super(random, new FakeDomainStates(random.nextBoolean(), random.nextBoolean()));
            this.random = random;
        }

        SnapshotContents contents() {
            Optional<String> boot = random.nextBoolean() ? Optional.of("a boot") : Optional.empty();
            SnapshotContents contents = new SnapshotContents(engine.store().tree(), boot);
            engine.changes().tellAllButNodes(contents, engine.connections());
            for (Domain domain : engine.domains().all()) {
                if (domain.isIntroduced() && random.nextInt(4) > 0) {
                    contents.add(ring(domain.domid()));
                }
            }
            return contents;
        }

        private RingImage ring(int domid) {
            return new RingImage(
                    domid,
                    random.nextLong(),
                    random.nextLong(),
                    random.nextInt(),
                    random.nextBoolean(),
                    random.nextBoolean(),
                    random.nextInt(),
                    random.nextInt(),
                    bytes(5000),
                    random.nextBoolean() ? Value.EMPTY : owed(bytes(3000)));
        }

        private Value bytes(int most) {
            byte[] bytes = new byte[random.nextInt(most)];
            random.nextBytes(bytes);
            return Value.owning(bytes);
        }
    }

    @Test
    @DisplayName("whatever there is: another reader accepts it, and ours finds all of it, exactly")
    void everythingIsReadAgain() {
        Seeds.forEach(40, random -> {
            Life life = new Life(random);
            life.live(150);
            SnapshotContents contents = life.contents();
            byte[] stream = written(contents);
            assertThat(StandardReader.read(stream)).isNotEmpty();
            try {
                isAllOf(contents, read(stream));
            } catch (DamagedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void isAllOf(SnapshotContents contents, Remembered found) throws DamagedException {
        assertThat(ReplayTest.shown(found.store().orElseThrow())).isEqualTo(ReplayTest.shown(contents.tree()));
        assertThat(found.domains()).containsExactlyElementsOf(contents.domains());
        assertThat(found.quotas()).contains(contents.quotas());
        assertThat(found.boot()).isEqualTo(contents.boot());
        contents.domains().forEach(domain -> {
            int domid = domain.domid();
            assertThat(found.watches(domid)).isEqualTo(contents.watches(domid));
            assertThat(found.ring(domid)).isEqualTo(Optional.ofNullable(contents.ring(domid)));
        });
    }

    @Test
    @DisplayName("S-STR-5: what is owed is told apart into the rest of a message and whole messages, whatever it holds")
    void theRestIsToldApart() {
        Value looksWhole = owed(Value.EMPTY);
        assertThat(begin(Value.EMPTY)).isZero();
        assertThat(begin(Value.of("only a rest"))).isEqualTo(11);
        assertThat(begin(owed(Value.EMPTY))).isZero();
        assertThat(begin(owed(Value.of("the rest of one")))).isEqualTo(15);
        assertThat(begin(owed(looksWhole))).as("it may as well be whole").isZero();
    }

    private static int begin(Value owed) {
        return WholeMessages.begin(owed.toByteArray());
    }

    /** All records but checksum and end, each with its header. */
    private static List<ByteBuffer> records(byte[] stream) {
        List<ByteBuffer> records = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).position(16);
        while (all.hasRemaining()) {
            int length = 8 + all.getInt(all.position() + 4);
            records.add(all.slice(all.position(), length).order(ByteOrder.LITTLE_ENDIAN));
            all.position(all.position() + length);
        }
        return records.subList(0, records.size() - 2);
    }

    /** The stream with other records, and the checksum that goes with them. */
    private static byte[] joined(byte[] stream, List<ByteBuffer> records) {
        int size = records.stream().mapToInt(ByteBuffer::capacity).sum();
        ByteBuffer all = ByteBuffer.allocate(16 + size + 24).order(ByteOrder.LITTLE_ENDIAN);
        all.put(stream, 0, 16);
        records.forEach(record -> all.put(record.duplicate().clear()));
        CRC32C crc = new CRC32C();
        crc.update(all.array(), 0, all.position());
        all.putInt(MigrationStream.JXENSTORED_CHECKSUM).putInt(8).putLong(crc.getValue());
        return all.array();
    }

    private static ByteBuffer first(List<ByteBuffer> records, int type) {
        return records.stream()
                .filter(record -> record.getInt(0) == type)
                .findFirst()
                .orElseThrow();
    }

    /** A snapshot that was changed like this, with the right checksum, is refused with these words. */
    private static void isRefused(String words, Consumer<List<ByteBuffer>> change) {
        byte[] stream = written(new World().contents());
        List<ByteBuffer> records = new ArrayList<>(records(stream.clone()));
        change.accept(records);
        assertThatThrownBy(() -> read(joined(stream, records)))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(words);
    }

    private static void isRefusedDoubled(String words, int type) {
        isRefused(words, records -> {
            ByteBuffer one = first(records, type);
            records.add(records.indexOf(one) + 1, one);
        });
    }

    private static void isRefusedWithout(String words, int type) {
        isRefused(words, records -> records.remove(first(records, type)));
    }

    @Test
    @DisplayName(
            "where records contradict each other, or one is missing or doubled, the snapshot is refused as damaged")
    void contradictionsAreRefused() throws DamagedException {
        byte[] good = written(new World().contents());
        assertThat(joined(good, records(good))).isEqualTo(good);
        int connection = MigrationStream.CONNECTION_DATA;
        int ourDomain = MigrationStream.JXENSTORED_DOMAIN;
        isRefused("contradicts", records -> first(records, connection).putShort(18, (short) 9));
        isRefused("contradicts", records -> {
            ByteBuffer ring = first(records, connection);
            ring.putLong(ring.capacity() - 8, 1);
        });
        isRefused(
                "contradicts",
                records -> records.stream()
                        .filter(record -> record.getInt(0) == ourDomain && record.getShort(8) == 5)
                        .forEach(record -> record.put(11, (byte) 0)));
        isRefused("contradicts", records -> records.removeIf(record -> isOfConnection(record, 2)));
        isRefused("none of a ring", records -> first(records, connection).putShort(12, (short) 1));
        isRefused("the rest of a message", records -> first(records, connection).putShort(26, (short) -1));
        isRefused(
                "connection 99",
                records -> first(records, MigrationStream.WATCH_DATA).putInt(8, 99));
        isRefused(
                "no path", records -> first(records, MigrationStream.WATCH_DATA).put(16, (byte) '?'));
        isRefused("connections of domains", records -> records.removeIf(record -> isOfDomain(record, 7)));
        isRefusedDoubled("stands twice", connection);
        isRefusedDoubled("stands twice", MigrationStream.JXENSTORED_RING);
        isRefusedDoubled("stands twice", MigrationStream.DOMAIN_DATA);
        isRefusedDoubled("one of each kind", ourDomain);
        isRefusedWithout("one of each kind", ourDomain);
        isRefusedWithout("one of each kind", MigrationStream.DOMAIN_DATA);
        isRefusedWithout("which has none", MigrationStream.JXENSTORED_RING);
    }

    private static boolean isOfConnection(ByteBuffer record, int id) {
        return switch (record.getInt(0)) {
            case MigrationStream.CONNECTION_DATA, MigrationStream.WATCH_DATA -> record.getInt(8) == id;
            default -> false;
        };
    }

    private static boolean isOfDomain(ByteBuffer record, int domid) {
        return switch (record.getInt(0)) {
            case MigrationStream.DOMAIN_DATA, MigrationStream.JXENSTORED_DOMAIN -> record.getShort(8) == domid;
            default -> false;
        };
    }

    @Test
    @DisplayName("a snapshot of another version of this daemon is refused, and the message says which one can read it")
    void anotherLayoutIsRefused() {
        isRefused(
                "layout is 3",
                records -> first(records, MigrationStream.JXENSTORED_SNAPSHOT).putInt(8, 3));
        isRefusedWithout("does not say its layout", MigrationStream.JXENSTORED_SNAPSHOT);
    }
}
