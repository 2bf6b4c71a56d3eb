package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.it.life.AdvisoryTest;
import org.jxenstored.it.life.HostileGuest;
import org.jxenstored.it.life.Machine;
import org.jxenstored.it.life.OnEveryMachine;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;

/** Ways to use up the daemon's memory: XSA-326 is a whole collection of them. */
@OnEveryMachine
final class MemoryAdvisoriesTest extends AdvisoryTest {
    /** A reply to {@code WRITE}, which is queued whatever the quota says (S-BUF-3). */
    private static final int SMALL_REPLIES = 20 * 32;

    MemoryAdvisoriesTest(Machine machine) {
        super(machine);
    }

    private void limitMemory(HostileGuest guest, long bytes) {
        toolstack().setQuota(guest.domid(), "memory", bytes);
    }

    // A guest asked and asked and never read an answer, and all answers waited in the daemon.
    @Test
    @DisplayName("XSA-326: who does not read its replies is not read either, and is served again when it reads")
    void unreadReplies() throws Exception {
        HostileGuest guest = hostile();
        assertThat(guest.write("data", HostileGuest.text(500))).isEqualTo("OK");
        int sent = guest.flood(MessageType.READ, Arguments.join("data"), 500);
        assertThat(sent)
                .as("what the ring holds, and 20 requests in the daemon")
                .isBetween(20, 100);
        assertThat(counted(guest, QuotaName.OUTSTANDING)).isEqualTo(20);
        assertThat(counted(guest, QuotaName.MEMORY)).isLessThan(21 * 600);
        othersAreServed();
        guest.takeAll();
        assertThat(counted(guest, QuotaName.OUTSTANDING)).isZero();
        assertThat(guest.read("data")).hasSize(500);
        assertThat(guest.unclaimedReplies()).as("every request has its reply").isEqualTo(sent);
    }

    // Events for a guest that does not read were kept without end.
    @Test
    @DisplayName("XSA-326: events nobody reads count on the watcher's memory, go after 20 s, and then it is served")
    void unreadEvents() throws Exception {
        HostileGuest guest = hostile();
        toolstack().mkdir("/busy");
        toolstack().setPermissions("/busy", DOM0S, new Permission(Access.READ, guest.domid()));
        for (int i = 0; i < 20; i++) {
            assertThat(guest.ask(MessageType.WATCH, "/busy", HostileGuest.text(200) + i))
                    .isEqualTo("OK");
        }
        long before = counted(guest, QuotaName.MEMORY);
        limitMemory(guest, before + 100_000);
        for (int i = 0; i < 100; i++) {
            toolstack().write("/busy/" + i, "x");
        }
        assertThat(counted(guest, QuotaName.MEMORY)).isBetween(before + 90_000, before + 100_000);
        othersAreServed();
        pass(Duration.ofSeconds(22));
        assertThat(counted(guest, QuotaName.MEMORY))
                .as("but for what it has in its ring")
                .isLessThan(before + 1000);
        assertThat(guest.read("/busy/7")).isEqualTo("x");
        assertThat(guest.ask(MessageType.DIRECTORY, "/busy").split("\0")).hasSize(100);
    }

    // What the toolstack put into the store for a domain to come counted on nobody, and so did what came on top of it.
    @Test
    @DisplayName("XSA-326: nodes a domain was given before its introduction count like those it makes")
    void nodesBeforeIntroduction() throws Exception {
        HostileGuest guest = unintroduced();
        toolstack().mkdir("/made");
        for (int i = 0; i < 30; i++) {
            toolstack().write("/made/" + i, "x");
            toolstack().setPermissions("/made/" + i, new Permission(Access.NONE, guest.domid()));
        }
        toolstack().setQuota(guest.domid(), "nodes", 35);
        assertThat(counted(guest, QuotaName.NODES)).isEqualTo(30);
        introduce(guest);
        guest.domain().unpause();
        var _ = specialEvents();
        for (int i = 0; i < 4; i++) {
            assertThat(guest.write("data/" + i, "x")).isEqualTo("OK");
        }
        assertThat(guest.write("data/4", "x")).isEqualTo("ENOSPC");
    }

    // As many nodes as may be, as large as may be, in as many transactions as may be, none of which ever ends.
    @Test
    @DisplayName("XSA-326: nodes and requests in open transactions count while the transactions are open")
    void nodesInTransactions() throws Exception {
        HostileGuest guest = hostile();
        long before = counted(guest, QuotaName.MEMORY);
        limitMemory(guest, 200_000);
        String value = HostileGuest.text(1900);
        boolean refused = false;
        for (int i = 0; i < 10; i++) {
            int transaction = guest.begin();
            for (int node = 0; node < 100 && !refused; node++) {
                refused = !guest.write(transaction, "data/" + node, value).equals("OK");
                assertThat(counted(guest, QuotaName.MEMORY)).isLessThanOrEqualTo(200_000);
            }
            // Reads are kept too.
            for (int node = 0; node < 100; node++) {
                var _ = guest.ask(transaction, MessageType.READ, "data/missing-" + node);
                assertThat(counted(guest, QuotaName.MEMORY)).isLessThanOrEqualTo(200_000);
            }
        }
        assertThat(refused).isTrue();
        assertThat(guest.ask(0, MessageType.TRANSACTION_START, "")).isEqualTo("ENOSPC");
        for (int transaction = 1; transaction <= 10; transaction++) {
            assertThat(guest.abort(transaction)).isEqualTo("OK");
        }
        assertThat(counted(guest, QuotaName.MEMORY)).isEqualTo(before);
    }

    // One transaction alone must not look at the whole store either.
    @Test
    @DisplayName("XSA-326: a transaction touches no more nodes than it may")
    void nodesOfOneTransaction() throws Exception {
        HostileGuest guest = hostile();
        int transaction = guest.begin();
        String last = "";
        int touched = 0;
        for (; touched < 1100 && !last.equals("ENOSPC"); touched++) {
            last = guest.ask(transaction, MessageType.READ, "data/" + touched);
        }
        assertThat(last).isEqualTo("ENOSPC");
        assertThat(touched).isBetween(1020, 1025);
        assertThat(guest.commit(transaction)).isEqualTo("ENOMEM");
    }

    // Every kind had a limit of its own, and the sum of all kinds and all domains was far more than anybody had.
    @Test
    @DisplayName("XSA-326: nodes, watches, transactions and unread output of a domain share one limit")
    void onePurseForAll() throws Exception {
        HostileGuest guest = hostile();
        limitMemory(guest, 60_000);
        for (int i = 0; i < 10; i++) {
            assertThat(guest.write("data/" + i, HostileGuest.text(1900))).isEqualTo("OK");
        }
        for (int i = 0; i < 10; i++) {
            assertThat(guest.ask(MessageType.WATCH, "data", HostileGuest.text(1900) + i))
                    .isEqualTo("OK");
        }
        int transaction = guest.begin();
        assertThat(guest.write(transaction, "data/0", HostileGuest.text(1900))).isEqualTo("OK");
        assertThat(guest.ask(MessageType.WATCH, "data", HostileGuest.text(3900)))
                .isEqualTo("OK");
        var _ = guest.flood(MessageType.READ, Arguments.join("data/1"), 100);
        assertThat(counted(guest, QuotaName.MEMORY)).isBetween(50_000L, 60_000L + SMALL_REPLIES);
        guest.takeAll();
        for (int i = 10; counted(guest, QuotaName.MEMORY) < 57_000; i++) {
            assertThat(guest.write("data/" + i, HostileGuest.text(1900))).isEqualTo("OK");
        }
        assertThat(guest.write("data/full", HostileGuest.text(1900))).isEqualTo("EIO");
        assertThat(guest.ask(MessageType.WATCH, "data", HostileGuest.text(3000)))
                .isEqualTo("ENOMEM");
        assertThat(guest.write(transaction, "data/full", HostileGuest.text(1900)))
                .isEqualTo("EIO");
        assertThat(guest.ask(MessageType.RM, "data"))
                .as("what makes room is served")
                .isEqualTo("OK");
        assertThat(counted(guest, QuotaName.MEMORY)).isLessThan(40_000);
    }

    // Limits that exist but are off, or far too high, unless somebody sets them protect nobody.
    @Test
    @DisplayName("XSA-326: every quota is on without anybody's doing, and no guest can change one")
    void defaultsAreSafe() throws Exception {
        HostileGuest guest = hostile();
        for (String name : toolstack().quotaNames()) {
            assertThat(toolstack().quota(name)).as(name).isPositive();
            assertThat(toolstack().quota(guest.domid(), name))
                    .as(name)
                    .isEqualTo(toolstack().quota(name));
            assertThat(guest.ask(MessageType.SET_QUOTA, Integer.toString(guest.domid()), name, "0"))
                    .isEqualTo("EACCES");
            assertThat(guest.ask(MessageType.SET_QUOTA, name, "0")).isEqualTo("EACCES");
        }
        assertThat(guest.ask(MessageType.CONTROL, "quota", "set", "nodes", "100000"))
                .isEqualTo("EACCES");
    }

    // What exceeded a limit was looked for when it had been done already.
    @Test
    @DisplayName(
            "XSA-326: a limit is looked at before the deed, also when a commit does on a new tree what it did on the old")
    void limitsBeforeTheDeed() throws Exception {
        HostileGuest guest = hostile();
        assertThat(guest.write("data", HostileGuest.text(3000))).isEqualTo("ENOSPC");
        assertThat(guest.read("data")).isEmpty();
        String value = HostileGuest.text(1900);
        for (int i = 0; i < 20; i++) {
            assertThat(guest.write("data/a/" + i, value)).isEqualTo("OK");
        }
        long full = counted(guest, QuotaName.MEMORY);
        limitMemory(guest, full + 40_000);
        // Overwrites what is there: that needs no room.
        int transaction = guest.begin();
        for (int i = 0; i < 15; i++) {
            assertThat(guest.write(transaction, "data/a/" + i, HostileGuest.text(1900)))
                    .isEqualTo("OK");
        }
        // Now it is not there any more, and the room it had is used for something else.
        assertThat(guest.ask(MessageType.RM, "data/a")).isEqualTo("OK");
        for (int i = 0; i < 20; i++) {
            assertThat(guest.write("data/b/" + i, value)).isEqualTo("OK");
        }
        limitMemory(guest, full + 5_000);
        assertThat(guest.commit(transaction)).isIn("ENOMEM", "EAGAIN");
        assertThat(counted(guest, QuotaName.MEMORY)).isLessThanOrEqualTo(full + 5_000);
    }

    // One guest made events, another one did not read them, and what waited in between grew.
    @Test
    @DisplayName("XSA-326: who makes events that are not read waits until they are read or dropped")
    void queuesAreBounded() throws Exception {
        HostileGuest reader = hostile();
        HostileGuest writer = hostile();
        assertThat(writer.ask(MessageType.SET_PERMS, "data", "r" + writer.domid()))
                .isEqualTo("OK");
        for (int i = 0; i < 128; i++) {
            assertThat(reader.ask(MessageType.WATCH, home(writer, "data"), "token-" + i))
                    .isEqualTo("OK");
        }
        assertThat(reader.events()).hasSize(128);
        long before = counted(reader, QuotaName.MEMORY);
        int last = 0;
        for (int i = 0; i < 200; i++) {
            last = writer.send(0, MessageType.WRITE, HostileGuest.writing("data/" + i, "x"));
            writer.takeAll();
        }
        assertThat(counted(writer, QuotaName.OUTSTANDING)).isEqualTo(20);
        assertThat(counted(reader, QuotaName.MEMORY) - before)
                .as("events of 20 writes")
                .isLessThan(21 * 128 * 64);
        othersAreServed();
        assertThat(writer.await(last)).as("in the end, 20 s for each 20").isEmpty();
        pass(Duration.ofMinutes(5));
        assertThat(writer.await(last)).isPresent();
        assertThat(reader.read("data")).isEmpty();
    }

    // Another program copied what guests had written into a database of its own, where it took many times the room.
    @Test
    @DisplayName("XSA-354: what the daemon tells of a guest is as long whatever the guest has stored")
    void reportsDoNotGrow(@TempDir Path directory) throws Exception {
        HostileGuest guest = hostile();
        int first = report(directory.resolve("first"));
        String quota = toolstack().control("quota", Integer.toString(guest.domid()));
        for (int i = 0; i < 200; i++) {
            assertThat(guest.write("data/" + i, HostileGuest.text(1900))).isEqualTo("OK");
        }
        for (int i = 0; i < 100; i++) {
            assertThat(guest.ask(MessageType.WATCH, "data", HostileGuest.text(1000) + i))
                    .isEqualTo("OK");
        }
        assertThat(report(directory.resolve("second")) - first).isBetween(-200, 200);
        assertThat(toolstack().control("quota", Integer.toString(guest.domid())))
                .hasSameSizeAs(quota);
        assertThat(toolstack().control("check")).isEqualTo("OK");
        for (List<String> command : List.of(List.of("quota"), List.of("quota", "max"), List.of("quota-soft"))) {
            assertThat(toolstack().control(command.toArray(String[]::new))).hasSizeLessThan(1500);
        }
    }

    private int report(Path file) throws Exception {
        assertThat(toolstack().control("memreport", file.toString())).isEqualTo("OK");
        return (int) Files.size(file);
    }
}
