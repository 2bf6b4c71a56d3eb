package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.client.Transaction;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.it.life.AdvisoryTest;
import org.jxenstored.it.life.HostileGuest;
import org.jxenstored.it.life.Machine;
import org.jxenstored.it.life.OnEveryMachine;
import org.jxenstored.protocol.MessageType;

/** Watches and transactions that are forgotten, kept, or kept from coming to an end; and two domains that end at once. */
@OnEveryMachine
final class WatchAdvisoriesTest extends AdvisoryTest {
    WatchAdvisoriesTest(Machine machine) {
        super(machine);
    }

    // A guest that wrote all the time what a toolstack's transaction read made it start again for ever.
    @Test
    @DisplayName("XSA-206: a guest that never stops writing does not keep the toolstack's transactions from committing")
    void aWriterAgainstTransactions() throws Exception {
        HostileGuest guest = hostile();
        String data = home(guest, "data");
        AtomicInteger written = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        start("writer", () -> writeUntil(guest, over, written));
        int attempts = 0;
        for (int committed = 0; committed < 20; ) {
            // The writer begins in the same moments.
            pass(Duration.ofMillis(1));
            attempts++;
            assertThat(attempts).as("attempts for %d transactions", committed).isLessThan(400);
            try (Transaction transaction = toolstack().transaction()) {
                String seen = transaction.readText(data);
                transaction.write("/toolstack", seen);
                transaction.write("/toolstack/again", transaction.readText(data));
                committed += transaction.tryCommit() ? 1 : 0;
            }
        }
        over.set(true);
        assertThat(written).as("the guest does write, %d attempts", attempts).hasValueGreaterThan(100);
        pass(Duration.ofSeconds(5));
        try (Transaction transaction = toolstack().transaction()) {
            int before = written.get();
            over.set(false);
            start("writer", () -> writeUntil(guest, over, written));
            pass(Duration.ofSeconds(10));
            over.set(true);
            assertThat(written.get() - before)
                    .as("writes in 10 s with a transaction open: 200 a second, 10 at once, and the common reserve")
                    .isLessThan(10 * 200 + 10 + 1000 + 20);
            transaction.abort();
        }
        pass(Duration.ofSeconds(5));
    }

    /** Thirty writes a millisecond, which is more than the toolstack has requests. */
    private void writeUntil(HostileGuest guest, AtomicBoolean over, AtomicInteger written) {
        try {
            while (!over.get()) {
                for (int i = 0; i < 30; i++) {
                    assertThat(guest.write("data", Integer.toString(written.incrementAndGet())))
                            .isEqualTo("OK");
                }
                pass(Duration.ofMillis(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // A guest and the stub domain with its device model ended in the same moment, and the connection of one was cleaned
    // up twice.
    @Test
    @DisplayName("XSA-233: a guest and its stub domain whose deaths come to light together are each cleaned up once")
    void aGuestAndItsStubDomain() throws Exception {
        HostileGuest guest = hostile();
        HostileGuest stub = hostile();
        toolstack().setTarget(stub.domid(), guest.domid());
        assertThat(stub.ask(MessageType.WATCH, home(guest, "data"), "t")).isEqualTo("OK");
        assertThat(guest.ask(MessageType.WATCH, home(stub, "data"), "t")).isEqualTo("OK");
        assertThat(stub.write(home(guest, "data/by-stub"), "x")).isEqualTo("OK");
        int transaction = stub.begin();
        assertThat(stub.write(transaction, home(guest, "data/late"), "x")).isEqualTo("OK");
        holdDeaths();
        guest.domain().destroy();
        stub.domain().destroy();
        assertThat(specialEvents()).isEmpty();
        deliverDeaths();
        assertThat(specialEvents())
                .containsExactlyInAnyOrder(
                        "@releaseDomain",
                        "@releaseDomain/" + guest.domid(),
                        "@releaseDomain",
                        "@releaseDomain/" + stub.domid());
        assertThat(mapped()).containsExactly(0);
        HostileGuest next = hostile(guest.domid());
        HostileGuest nextStub = hostile(stub.domid());
        assertThat(nextStub.read(home(next, "data")))
                .as("it is nobody's device model")
                .isEqualTo("EACCES");
    }

    // Watches that RESET_WATCHES had overlooked stayed for ever, and each life of a guest's kernel added some.
    @Test
    @DisplayName("XSA-330: RESET_WATCHES leaves no watch, of whatever kind, however often")
    void resetWatchesForgetsAll() throws Exception {
        HostileGuest guest = hostile();
        int before = engine().watches().all().size();
        List<String> kinds =
                List.of("data", "/local/domain/1/data", "/", "@releaseDomain", "@other", "never/there", "data/a/b");
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < 128; i++) {
                String path = kinds.get(i % kinds.size());
                String token = "t" + i;
                assertThat(
                                i % 3 == 0
                                        ? guest.ask(MessageType.WATCH, path, token, Integer.toString(i))
                                        : guest.ask(MessageType.WATCH, path, token))
                        .as("round %d, watch %d", round, i)
                        .isEqualTo("OK");
            }
            assertThat(guest.ask(MessageType.WATCH, "data", "one more")).isEqualTo("ENOSPC");
            assertThat(guest.ask(MessageType.RESET_WATCHES, "")).isEqualTo("OK");
            assertThat(engine().watches().all()).hasSize(before);
            assertThat(counted(guest, QuotaName.WATCHES)).isZero();
        }
        var _ = guest.events();
        assertThat(guest.write("data", "x")).isEqualTo("OK");
        assertThat(guest.write("data/a/b", "x")).isEqualTo("OK");
        destroy(hostile());
        assertThat(guest.events()).isEmpty();
    }

    // RESET_WATCHES ends all transactions, also the one that it was sent in, which was then used once more.
    @Test
    @DisplayName("XSA-484: RESET_WATCHES inside a transaction ends that transaction, once")
    void resetWatchesInsideATransaction() throws Exception {
        HostileGuest guest = hostile();
        for (int round = 0; round < 3; round++) {
            int other = guest.begin();
            int transaction = guest.begin();
            assertThat(guest.write(transaction, "data/in", "x")).isEqualTo("OK");
            assertThat(guest.write(other, "data/other", "x")).isEqualTo("OK");
            assertThat(guest.ask(MessageType.WATCH, "data", "t")).isEqualTo("OK");
            assertThat(guest.ask(transaction, MessageType.RESET_WATCHES, "")).isEqualTo("OK");
            assertThat(guest.ask(transaction, MessageType.READ, "data")).isEqualTo("ENOENT");
            assertThat(guest.commit(transaction)).isEqualTo("ENOENT");
            assertThat(guest.commit(other)).isEqualTo("ENOENT");
            assertThat(guest.ask(transaction, MessageType.RESET_WATCHES, "")).isEqualTo("ENOENT");
            assertThat(counted(guest, QuotaName.TRANSACTIONS)).isZero();
            assertThat(counted(guest, QuotaName.WATCHES)).isZero();
        }
        assertThat(engine().connections().openTransactions()).isZero();
        assertThat(toolstack().directory(home(guest, "data"))).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(guest.begin()).isPositive();
        }
        assertThat(guest.ask(0, MessageType.TRANSACTION_START, "")).isEqualTo("ENOSPC");
    }
}
