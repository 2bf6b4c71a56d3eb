package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.OldTrees;
import org.jxenstored.it.life.AdvisoryTest;
import org.jxenstored.it.life.HostileGuest;
import org.jxenstored.it.life.Machine;
import org.jxenstored.it.life.OnEveryMachine;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.RawRing;

/** Many hostile guests at once, each by every route: {@code benchmarks/hostile} on a small scale, step by step. */
@OnEveryMachine
final class HostileCrowdTest extends AdvisoryTest {
    private static final int GUESTS = 6;
    private static final int ROUNDS = 60;
    private static final long SEED = 20_261_123;

    private static final long MEMORY = 60_000;

    private static final Map<QuotaName, Long> QUOTAS =
            Map.of(QuotaName.MEMORY, MEMORY, QuotaName.NODES, 40L, QuotaName.WATCHES, 10L, QuotaName.TRANSACTIONS, 3L);

    /** Replies of up to 16 bytes are queued whatever the quota says (S-BUF-3). */
    private static final long SMALL_REPLIES = 20 * 32;

    private final Random random = new Random(SEED);
    private final List<HostileGuest> crowd = new ArrayList<>();

    HostileCrowdTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName(
            "S-QUOTA-7, S-BUF-2: whatever many guests do at once, each stays within its quotas, and others are served")
    void nobodyGetsMoreThanItsShare() throws Exception {
        toolstack().mkdir("/shared");
        toolstack().setPermissions("/shared", new Permission(Access.BOTH, 0));
        for (int i = 0; i < GUESTS; i++) {
            crowd.add(hostile());
            for (Map.Entry<QuotaName, Long> quota : QUOTAS.entrySet()) {
                toolstack().setQuota(crowd.getLast().domid(), quota.getKey().wireName(), quota.getValue());
            }
        }
        HostileGuest honest = hostile();
        for (int round = 0; round < ROUNDS; round++) {
            for (HostileGuest guest : crowd) {
                attack(guest);
            }
            crowd.forEach(this::isWithinItsQuotas);
            assertThat(engine().oldTrees().bytes()).isLessThanOrEqualTo(OldTrees.BYTES_MAX);
            toolstack().write(home(honest, "data"), "round " + round);
            long asked = millis();
            assertThat(honest.read("data")).as("seed %d", SEED).isEqualTo("round " + round);
            assertThat(millis())
                    .as("the time when it was answered, in round %d", round)
                    .isEqualTo(asked);
            pass(Duration.ofMillis(random.nextInt(2000)));
        }
        for (HostileGuest guest : crowd) {
            destroy(guest);
        }
        assertThat(engine().oldTrees().bytes()).isZero();
    }

    private void isWithinItsQuotas(HostileGuest guest) {
        for (QuotaName name : List.of(QuotaName.NODES, QuotaName.WATCHES, QuotaName.TRANSACTIONS)) {
            assertThat(counted(guest, name))
                    .as("%s of %s, seed %d", name, guest, SEED)
                    .isLessThanOrEqualTo(QUOTAS.get(name));
        }
        assertThat(counted(guest, QuotaName.MEMORY))
                .as("memory of %s, seed %d", guest, SEED)
                .isLessThanOrEqualTo(MEMORY + SMALL_REPLIES);
        assertThat(counted(guest, QuotaName.OUTSTANDING)).isLessThanOrEqualTo(20);
    }

    private void attack(HostileGuest guest) throws InterruptedException {
        int transaction = 1 + random.nextInt(12);
        switch (random.nextInt(13)) {
            case 0 -> ask(guest, 0, MessageType.TRANSACTION_START, "");
            case 1 -> {
                for (int i = 0; i < 5; i++) {
                    write(guest, transaction, "data/" + random.nextInt(60), random.nextInt(1900));
                    ask(guest, transaction, MessageType.DIRECTORY, "data");
                }
            }
            case 2 -> ask(guest, transaction, MessageType.TRANSACTION_END, "T");
            case 3 -> {
                for (int i = 0; i < 5; i++) {
                    write(guest, 0, "/shared/" + random.nextInt(20), random.nextInt(500));
                    write(guest, 0, "data/" + random.nextInt(60), random.nextInt(1900));
                }
            }
            case 4 -> {
                ask(guest, 0, MessageType.WATCH, "/shared", HostileGuest.text(random.nextInt(500)));
                ask(guest, 0, MessageType.WATCH, "a" + "/a".repeat(random.nextInt(1000)), "deep");
            }
            case 5 -> ask(guest, 0, MessageType.RESET_WATCHES, "");
            case 6 ->
                ask(
                        guest,
                        0,
                        MessageType.SET_PERMS,
                        "data",
                        "n" + crowd.getFirst().domid());
            case 7 -> {
                byte[] noise = new byte[random.nextInt(4096)];
                random.nextBytes(noise);
                var _ = guest.send(
                        random.nextInt(3), MessageType.of(random.nextInt(27)).orElseThrow(), Value.owning(noise));
            }
            case 8 -> ask(guest, 0, MessageType.CONTROL, "check");
            case 9 -> {
                ask(guest, 0, MessageType.MKDIR, "data" + "/d".repeat(30));
                ask(guest, 0, MessageType.RM, "data/d");
            }
            case 10 -> {
                if (random.nextInt(4) == 0) {
                    guest.page().setWord(RawRing.REQUEST_PRODUCER, random.nextInt());
                    guest.domain().signalStore();
                    rest();
                    assertThat(guest.reconnect()).isTrue();
                }
            }
            default -> guest.takeAll();
        }
        rest();
    }

    private static void ask(HostileGuest guest, int transaction, MessageType type, String... arguments) {
        var _ = guest.send(transaction, type, Arguments.join(arguments));
    }

    private static void write(HostileGuest guest, int transaction, String path, int size) {
        var _ = guest.send(transaction, MessageType.WRITE, HostileGuest.writing(path, HostileGuest.text(size)));
    }
}
