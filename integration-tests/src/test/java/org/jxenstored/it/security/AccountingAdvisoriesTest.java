package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.it.life.AdvisoryTest;
import org.jxenstored.it.life.HostileGuest;
import org.jxenstored.it.life.Machine;
import org.jxenstored.it.life.OnEveryMachine;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.protocol.Value;

/** Books that are wrong, and work that is half done. Each test ends with everything counted once more. */
@OnEveryMachine
final class AccountingAdvisoriesTest extends AdvisoryTest {
    private static final long SEED = Long.getLong("jxenstored.security.seed", 272);

    AccountingAdvisoriesTest(Machine machine) {
        super(machine);
    }

    private void limitNodes(HostileGuest guest, long more) {
        toolstack().setQuota(guest.domid(), "nodes", counted(guest, QuotaName.NODES) + more);
    }

    // The number of a guest's nodes was kept wrong, so that in the end it could have any number of them.
    @Test
    @DisplayName("XSA-272: whatever a guest does to its nodes, it has as many as it may and not one more")
    void theNumberOfNodesStaysRight() throws Exception {
        HostileGuest guest = hostile();
        limitNodes(guest, 10);
        SplittableRandom random = new SplittableRandom(SEED);
        List<Integer> open = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            String path = "data/" + random.nextInt(4) + (random.nextBoolean() ? "/" + random.nextInt(4) : "");
            int transaction = open.isEmpty() || random.nextBoolean() ? 0 : open.get(random.nextInt(open.size()));
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> guest.write(transaction, path, "x");
                case 3, 4 -> guest.ask(transaction, MessageType.RM, path);
                case 5 -> guest.ask(transaction, MessageType.MKDIR, path + "/a/b");
                case 6 -> {
                    if (open.size() < 5) {
                        open.add(guest.begin());
                    }
                }
                default -> {
                    if (transaction != 0) {
                        open.remove(Integer.valueOf(transaction));
                        var _ = random.nextInt(4) == 0 ? guest.abort(transaction) : guest.commit(transaction);
                    }
                }
            }
            assertThat(counted(guest, QuotaName.NODES))
                    .as("step %d, seed %d", step, SEED)
                    .isBetween(1L, 11L);
        }
        assertThat(guest.ask(MessageType.RESET_WATCHES, "")).isEqualTo("OK");
        var _ = guest.ask(MessageType.RM, "data/0");
        var _ = guest.ask(MessageType.RM, "data/1");
        var _ = guest.ask(MessageType.RM, "data/2");
        var _ = guest.ask(MessageType.RM, "data/3");
        for (int i = 10; i < 20; i++) {
            assertThat(guest.write("data/" + i, "x")).as("seed %d", SEED).isEqualTo("OK");
        }
        assertThat(guest.write("data/20", "x")).isEqualTo("ENOSPC");
    }

    // A request that creates several levels failed on the way, and the clean-up behind it went wrong.
    @Test
    @DisplayName("XSA-414: a creation of several levels that fails leaves none of them, wherever it fails")
    void aCreationThatFailsHalfway() throws Exception {
        HostileGuest guest = hostile();
        int nodes = nodes();
        long memory = counted(guest, QuotaName.MEMORY);
        for (int room = 1; room < 5; room++) {
            limitNodes(guest, room);
            assertThat(guest.write("data/1/2/3/4/5", "x"))
                    .as("room for %d", room)
                    .isEqualTo("ENOSPC");
            int transaction = guest.begin();
            var _ = guest.write(transaction, "data/1/2/3/4/5", "x");
            assertThat(guest.commit(transaction)).isIn("OK", "ENOSPC", "ENOMEM");
            assertThat(toolstack().directory(home(guest, "data"))).isEmpty();
        }
        limitNodes(guest, 5);
        String tooLarge = "data/1/2/3/4/" + HostileGuest.text(2030);
        assertThat(guest.write("data/1/2/3/4/5", HostileGuest.text(2030))).isEqualTo("ENOSPC");
        assertThat(guest.ask(MessageType.MKDIR, tooLarge)).isEqualTo("ENOSPC");
        toolstack().setQuota(guest.domid(), "memory", memory + 200);
        assertThat(guest.write("data/1/2/3/4/5", "x")).isEqualTo("EIO");
        assertThat(toolstack().directory(home(guest, "data"))).isEmpty();
        assertThat(nodes()).isEqualTo(nodes);
        assertThat(counted(guest, QuotaName.MEMORY)).isEqualTo(memory);
        toolstack().setQuota(guest.domid(), "memory", 100_000);
        assertThat(guest.write("data/1/2/3/4/5", "x")).as("with room for all").isEqualTo("OK");
    }

    // The same in a transaction left nodes in the store that stood in no directory, and counted on nobody.
    @Test
    @DisplayName("XSA-415: a transaction in which a creation failed leaves nothing behind")
    void aTransactionWithAFailedCreation() throws Exception {
        HostileGuest guest = hostile();
        int nodes = nodes();
        int transaction = guest.begin();
        assertThat(guest.write(transaction, "data/a/b", "x")).isEqualTo("OK");
        assertThat(guest.write(transaction, "data/c/d", HostileGuest.text(3000)))
                .isEqualTo("ENOSPC");
        assertThat(guest.write(transaction, "data/e", "x")).isIn("OK", "ENOMEM");
        assertThat(guest.commit(transaction)).isEqualTo("ENOMEM");
        assertThat(toolstack().directory(home(guest, "data"))).isEmpty();
        limitNodes(guest, 3);
        transaction = guest.begin();
        for (String name : List.of("a", "b", "c", "d")) {
            var _ = guest.write(transaction, "data/" + name, "x");
        }
        assertThat(guest.commit(transaction)).isEqualTo("ENOSPC");
        assertThat(toolstack().directory(home(guest, "data"))).isEmpty();
        assertThat(nodes()).isEqualTo(nodes);
        assertThat(counted(guest, QuotaName.NODES)).isEqualTo(1);
    }

    // Two guests together: one made nodes where the other let it, and died. The nodes stayed, on nobody's books, and
    // the
    // next one made more.
    @Test
    @DisplayName("XSA-419: nothing a dead domain owned stays, wherever it stood, round after round")
    void nodesOfTheDeadGo() throws Exception {
        HostileGuest host = hostile();
        HostileGuest mate = hostile();
        destroy(mate);
        int nodes = nodes();
        for (int round = 0; round < 4; round++) {
            mate = hostile(mate.domid());
            assertThat(host.ask(MessageType.SET_PERMS, "data", "n" + host.domid(), "b" + mate.domid()))
                    .isEqualTo("OK");
            assertThat(mate.write(home(host, "data/mate/a/b"), "x")).isEqualTo("OK");
            int transaction = mate.begin();
            assertThat(mate.write(transaction, home(host, "data/more/a/b"), "x"))
                    .isEqualTo("OK");
            assertThat(mate.commit(transaction)).isEqualTo("OK");
            assertThat(mate.ask(MessageType.SET_PERMS, home(host, "data/more"), "n" + mate.domid(), "b" + host.domid()))
                    .isEqualTo("OK");
            assertThat(host.write("data/more/hosts", "below the other's")).isEqualTo("OK");
            assertThat(counted(host, QuotaName.NODES)).as("data, hosts").isEqualTo(2);
            destroy(mate);
            assertThat(toolstack().directory(home(host, "data"))).isEmpty();
            assertThat(counted(host, QuotaName.NODES)).isEqualTo(1);
            assertThat(nodes()).as("round %d", round).isEqualTo(nodes);
        }
    }

    // What a transaction had made and removed again stopped its commit halfway: some of it was done and not counted.
    @Test
    @DisplayName("XSA-421: what comes and goes within a transaction leaves no trace, and the rest is done as a whole")
    void madeAndRemovedInOneTransaction() throws Exception {
        HostileGuest guest = hostile();
        assertThat(guest.write("data/old", "x")).isEqualTo("OK");
        for (boolean disturbed : List.of(false, true)) {
            int transaction = guest.begin();
            assertThat(guest.write(transaction, "data/x/y", "x")).isEqualTo("OK");
            assertThat(guest.ask(transaction, MessageType.RM, "data/x")).isEqualTo("OK");
            assertThat(guest.ask(transaction, MessageType.RM, "data/old")).isEqualTo("OK");
            assertThat(guest.write(transaction, "data/old", "new")).isEqualTo("OK");
            assertThat(guest.write(transaction, "data/z", "x")).isEqualTo("OK");
            if (disturbed) {
                toolstack().write("/meanwhile", "x");
            }
            assertThat(guest.commit(transaction)).isEqualTo("OK");
            assertThat(toolstack().directory(home(guest, "data"))).containsExactlyInAnyOrder("old", "z");
            assertThat(counted(guest, QuotaName.NODES)).as("data, old, z").isEqualTo(3);
        }
        int transaction = guest.begin();
        assertThat(guest.read("data/old")).isEqualTo("new");
        assertThat(guest.ask(transaction, MessageType.READ, "data/old")).isEqualTo("new");
        assertThat(guest.write(transaction, "data/x", "x")).isEqualTo("OK");
        assertThat(guest.ask(transaction, MessageType.RM, "data/x")).isEqualTo("OK");
        assertThat(guest.write(transaction, "data/w", "x")).isEqualTo("OK");
        toolstack().write(home(guest, "data/old"), "newer");
        assertThat(guest.commit(transaction)).isEqualTo("EAGAIN");
        assertThat(toolstack().directory(home(guest, "data"))).containsExactlyInAnyOrder("old", "z");
    }

    // What a transaction removes and what is removed besides can be more than there is: a daemon that took such a sum
    // for
    // impossible ended itself.
    @Test
    @DisplayName("XSA-440: a commit that removes what is gone already breaks no sum")
    void removedTwice() throws Exception {
        HostileGuest guest = hostile();
        HostileGuest mate = hostile();
        assertThat(guest.ask(MessageType.SET_PERMS, "data", "n" + guest.domid(), "b" + mate.domid()))
                .isEqualTo("OK");
        for (int rounds = 0; rounds < 3; rounds++) {
            assertThat(guest.write("data/a/b/c", "x")).isEqualTo("OK");
            int transaction = guest.begin();
            assertThat(guest.write(transaction, "data/n", "x")).isEqualTo("OK");
            assertThat(guest.ask(transaction, MessageType.RM, "data/a")).isEqualTo("OK");
            int mates = mate.begin();
            assertThat(mate.ask(mates, MessageType.RM, home(guest, "data"))).isEqualTo("OK");
            assertThat(mate.commit(mates)).isEqualTo("OK");
            assertThat(counted(guest, QuotaName.NODES)).isZero();
            assertThat(guest.commit(transaction)).isEqualTo("EAGAIN");
            assertThat(counted(guest, QuotaName.NODES)).isZero();
            toolstack().write(home(guest, "data"), "");
            toolstack()
                    .setPermissions(
                            home(guest, "data"),
                            new Permission(Access.NONE, guest.domid()),
                            new Permission(Access.BOTH, mate.domid()));
        }
        assertThat(guest.write("data/a", "x")).isEqualTo("OK");
        int transaction = guest.begin();
        assertThat(guest.ask(transaction, MessageType.RM, "data/a")).isEqualTo("OK");
        assertThat(mate.ask(MessageType.RM, home(guest, "data/a"))).isEqualTo("OK");
        assertThat(guest.commit(transaction)).isEqualTo("OK");
        assertThat(counted(guest, QuotaName.NODES)).isEqualTo(1);
    }

    // Counters were kept by number of domain and not set back, so a new domain began with what an old one had used, or
    // a living one waited for what a dead one would never read.
    @Test
    @DisplayName("XSA-483: a new domain begins at zero, whatever the one before had open")
    void countersOfADeadDomain() throws Exception {
        HostileGuest old = hostile();
        HostileGuest fresh = hostile();
        assertThat(old.write("data/node", "x")).isEqualTo("OK");
        assertThat(old.ask(MessageType.WATCH, "data", "t")).isEqualTo("OK");
        int transaction = old.begin();
        assertThat(old.write(transaction, "data/more", HostileGuest.text(1000))).isEqualTo("OK");
        var _ = old.flood(MessageType.READ, Arguments.join("data"), 100);
        assertThat(counted(old, QuotaName.OUTSTANDING)).isEqualTo(20);
        toolstack().setQuota(old.domid(), "nodes", 3);
        destroy(old);
        HostileGuest next = hostile(old.domid());
        for (QuotaName quota : QuotaName.all()) {
            assertThat(counted(next, quota)).as(quota.wireName()).isEqualTo(counted(fresh, quota));
            assertThat(toolstack().quota(next.domid(), quota.wireName()))
                    .as(quota.wireName())
                    .isEqualTo(quota.defaultValue());
        }
        assertThat(next.begin()).isEqualTo(1);
    }

    @Test
    @DisplayName("XSA-483: who waits for a reader that died waits no longer")
    void aReaderThatDied() throws Exception {
        HostileGuest reader = hostile();
        HostileGuest writer = hostile();
        assertThat(writer.ask(MessageType.SET_PERMS, "data", "r" + writer.domid()))
                .isEqualTo("OK");
        assertThat(reader.ask(MessageType.WATCH, home(writer, "data"), HostileGuest.text(400)))
                .isEqualTo("OK");
        assertThat(reader.events()).hasSize(1);
        int last = 0;
        for (int i = 0; i < 60; i++) {
            last = writer.send(0, MessageType.WRITE, HostileGuest.writing("data/" + i, "x"));
            writer.takeAll();
        }
        assertThat(counted(writer, QuotaName.OUTSTANDING))
                .as("for events nobody reads")
                .isEqualTo(20);
        destroy(reader);
        assertThat(writer.await(last)).isPresent();
        assertThat(counted(writer, QuotaName.OUTSTANDING)).isZero();
        assertThat(writer.ask(0, MessageType.READ, Value.of("data/59\0"))).isEqualTo("x");
    }
}
