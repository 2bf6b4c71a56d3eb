package org.jxenstored.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxenstored.operation.Allowance;
import org.jxenstored.protocol.Errno;
import org.jxenstored.transaction.StoreWorld.TestCaller;

class TransactionTest {
    private static final String[] START = {
        "WRITE /A a",
        "WRITE /T ",
        "WRITE /T/m 1",
        "WRITE /X x",
        "WRITE /Y y",
        "WRITE /G g",
        "PERMS /G b0",
        "WRITE /R r",
        "PERMS /R r0"
    };

    private final StoreWorld world = new StoreWorld(START);

    @Test
    @DisplayName("S-TX-2 (snapshot), S-TX-4: reads see the start and the transaction's own writes, nobody else's")
    void readsSeeTheSnapshotAndOwnWrites() {
        Transaction transaction = world.begin();
        world.now("WRITE /A b");
        world.now("WRITE /new 1");
        assertThat(world.in(transaction, "READ /A")).isEqualTo("a");
        assertThat(world.in(transaction, "READ /new")).isEqualTo("ENOENT");
        assertThat(world.in(transaction, "WRITE /mine 7")).isEqualTo("OK");
        assertThat(world.in(transaction, "READ /mine")).isEqualTo("7");
        assertThat(world.now("READ /mine")).isEqualTo("ENOENT");
        assertThat(world.now("READ /A")).isEqualTo("b");
    }

    @Test
    void twoTransactionsDoNotSeeEachOther() {
        Transaction one = world.begin();
        Transaction other = world.begin();
        world.in(one, "WRITE /T/one 1");
        world.in(other, "WRITE /T/other 2");
        assertThat(world.in(one, "LS /T")).isEqualTo("m one");
        assertThat(world.in(other, "LS /T")).isEqualTo("m other");
    }

    @Test
    void anUntouchedStoreTakesTheDraftAsItIs() {
        Transaction transaction = world.begin();
        world.in(transaction, "WRITE /A b");
        assertThat(transaction.commit(world.tree(), 0))
                .isInstanceOfSatisfying(
                        Transaction.Outcome.Committed.class,
                        committed -> assertThat(committed.draft().before()).isSameAs(world.tree()));
        assertThat(world.commit(transaction)).isEqualTo("OK");
        assertThat(world.now("READ /A")).isEqualTo("b");
    }

    @ParameterizedTest(name = "{0} || {1} -> {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // inside | meanwhile outside | commit
                "READ /A;WRITE /Z z             | WRITE /A b            | EAGAIN",
                "READ /A;WRITE /Z z             | RM /A                 | EAGAIN",
                "READ /A;WRITE /Z z             | WRITE /A a            | OK",
                "READ /A;WRITE /Z z             | WRITE /A b;WRITE /A a | OK",
                "READ /A;WRITE /Z z             | PERMS /A r0           | OK",
                "GETPERMS /A;WRITE /Z z         | PERMS /A r0           | EAGAIN",
                "GETPERMS /A;WRITE /Z z         | WRITE /A b            | OK",
                "READ /A;WRITE /A b             | WRITE /A c            | EAGAIN",
                "WRITE /A x                     | WRITE /A y            | OK",
                "WRITE /T/n 1                   | WRITE /T/o 1          | OK",
                "WRITE /T/n 1                   | RM /T/m               | OK",
                "WRITE /T/n 1                   | WRITE /T v            | OK",
                "WRITE /T/n 1                   | PERMS /T r0           | OK",
                "WRITE /T/n 1                   | RM /T                 | OK",
                "READ /N;WRITE /Z z             | WRITE /N v            | EAGAIN",
                "READ /N;WRITE /Z z             | WRITE /M v            | OK",
                "LS /T;WRITE /Z z               | WRITE /T/m 2          | OK",
                "LS /T;WRITE /Z z               | WRITE /T/n 1          | EAGAIN",
                "LS /T;WRITE /Z z               | RM /T/m               | EAGAIN",
                "LS /T;WRITE /Z z               | RM /T/m;WRITE /T/m 1  | OK",
                "LS /T;WRITE /T/n 1             | WRITE /T/o 1          | EAGAIN",
                "PART /T 0;WRITE /Z z           | WRITE /T v            | OK",
                "PART /T 0;WRITE /Z z           | WRITE /T/n 1          | EAGAIN",
                "RM /A                          | WRITE /A y            | OK",
                "RM /A                          | WRITE /A/k 1          | OK",
                "RM /A                          | RM /A                 | OK",
                "RM /T/m                        | RM /T                 | EAGAIN",
                "MKDIR /A                       | WRITE /A y            | OK",
                "MKDIR /A;WRITE /Z z            | RM /A                 | OK",
                "PERMS /A n0 r1                 | WRITE /A y            | OK",
                "PERMS /A n0 r1                 | RM /A                 | EAGAIN",
                "READ /X;WRITE /X 2             | WRITE /Y 2            | OK",
            })
    @DisplayName("semantics.md 5.1, S-TX-7: a commit succeeds exactly when every reply would be the same today")
    void conflicts(String inside, String outside, String outcome) {
        Transaction transaction = world.begin();
        for (String request : inside.split(";", -1)) {
            world.in(transaction, request);
        }
        for (String request : outside.split(";", -1)) {
            assertThat(world.now(request)).isEqualTo("OK");
        }
        String before = StoreWorld.content(world.tree());
        assertThat(world.commit(transaction)).isEqualTo(outcome);
        if (outcome.equals("EAGAIN")) {
            assertThat(StoreWorld.content(world.tree()))
                    .as("nothing is changed")
                    .isEqualTo(before);
        }
    }

    @Test
    void blindWritesMerge() {
        Transaction transaction = world.begin();
        world.in(transaction, "WRITE /T/n 1");
        world.in(transaction, "PERMS /A n0 r1");
        world.now("WRITE /T/o 2");
        world.now("WRITE /A b");
        assertThat(world.commit(transaction)).isEqualTo("OK");
        assertThat(world.now("LS /T")).isEqualTo("m o n");
        assertThat(world.now("READ /A")).isEqualTo("b");
        assertThat(world.now("GETPERMS /A")).isEqualTo("n0 r1");
    }

    @Test
    @DisplayName("S-TX-9 (here as OX): a transaction that only read always commits")
    void readOnlyAlwaysCommits() {
        Transaction transaction = world.begin();
        world.in(transaction, "READ /A");
        world.in(transaction, "LS /");
        world.now("RM /A");
        world.now("WRITE /B 1");
        String before = StoreWorld.content(world.tree());
        assertThat(world.commit(transaction)).isEqualTo("OK");
        assertThat(StoreWorld.content(world.tree())).isEqualTo(before);
    }

    @Test
    void aReadModifyWriteRaceIsAlwaysLostByTheSecond() {
        Transaction one = world.begin();
        Transaction other = world.begin();
        for (Transaction each : new Transaction[] {one, other}) {
            int old = world.in(each, "READ /T/m").charAt(0) - '0';
            world.in(each, "WRITE /T/m " + (old + 1));
        }
        assertThat(world.commit(one)).isEqualTo("OK");
        assertThat(world.commit(other)).isEqualTo("EAGAIN");
        assertThat(world.now("READ /T/m")).isEqualTo("2");
    }

    @Test
    void aPermissionDecisionThatChangedIsAConflict() {
        TestCaller guest = TestCaller.guest(1);
        Transaction allowed = world.begin();
        Transaction refused = world.begin();
        assertThat(world.in(allowed, guest, "WRITE /G v")).isEqualTo("OK");
        assertThat(world.in(refused, guest, "READ /A")).isEqualTo("EACCES");
        assertThat(world.in(refused, guest, "WRITE /G w")).isEqualTo("OK");
        world.now("PERMS /A r0");
        assertThat(world.commit(refused)).isEqualTo("EAGAIN");
        world.now("PERMS /G r0");
        assertThat(world.commit(allowed)).isEqualTo("EAGAIN");
    }

    @Test
    @DisplayName("S-TX-15: a domain that came or went meanwhile makes the requests run again")
    void aDomainThatCameOrWentIsNoticed() {
        boolean[] lives = {true};
        TestCaller guest = TestCaller.guest(1);
        TestCaller caller =
                new TestCaller(guest.subject(), guest.features(), guest.allowance(), _ -> lives[0], guest.births());
        world.now("PERMS /G n1");
        Transaction transaction = world.begin();
        assertThat(world.in(transaction, caller, "PERMS /G n1 r2")).isEqualTo("OK");
        lives[0] = false;
        assertThat(transaction.commit(world.tree(), 1)).isEqualTo(new Transaction.Outcome.Conflict());
        lives[0] = true;
        assertThat(transaction.commit(world.tree(), 1)).isInstanceOf(Transaction.Outcome.Committed.class);
    }

    @Test
    @DisplayName("S-TX-12: after a refusal that spoils it a transaction is failed, answers on, and keeps nothing")
    void aSpoiledTransactionIsFailed() {
        TestCaller small = TestCaller.guest(1).with(new OnlySmallNodes());
        Transaction transaction = world.begin();
        world.in(transaction, small, "WRITE /G 1");
        assertThat(transaction.isFailed()).isFalse();
        assertThat(world.in(transaction, small, "WRITE /G " + "x".repeat(100))).isEqualTo("ENOSPC");
        assertThat(transaction.isFailed()).isTrue();
        assertThat(transaction.size()).isZero();
        assertThat(world.in(transaction, small, "READ /G")).isEqualTo("g");
        assertThat(world.in(transaction, small, "READ /R")).isEqualTo("r");
        assertThat(transaction.size()).isZero();
    }

    @Test
    @DisplayName("S-TX-12: a refused node count does not spoil it")
    void aRefusedNodeCountDoesNotSpoilIt() {
        TestCaller poor = TestCaller.guest(1).with(new NoMoreNodes());
        Transaction transaction = world.begin();
        assertThat(world.in(transaction, poor, "MKDIR /G/n")).isEqualTo(Errno.ENOSPC.name());
        assertThat(transaction.isFailed()).isFalse();
    }

    @Test
    @DisplayName("S-TX-5, S-QUOTA-9: reading the same again does not make a transaction larger")
    void repeatedReadsAreNotKept() {
        Transaction transaction = world.begin();
        world.in(transaction, "READ /A");
        world.in(transaction, "LS /");
        long size = transaction.size();
        for (int i = 0; i < 100; i++) {
            world.in(transaction, "READ /A");
            world.in(transaction, "LS /");
        }
        assertThat(transaction.size()).isEqualTo(size).isPositive();
        world.in(transaction, "WRITE /A b");
        long written = transaction.size();
        assertThat(written).isGreaterThan(size);
        assertThat(world.in(transaction, "READ /A")).isEqualTo("b");
        assertThat(transaction.size())
                .as("the answer may be another one after a write")
                .isGreaterThan(written);
    }

    @Test
    @DisplayName("S-TX-3: touched nodes are counted, missing ones, ancestors and all nodes a removal takes too")
    void touchedNodesAreCounted() {
        Transaction transaction = world.begin();
        world.in(transaction, "READ /A");
        world.in(transaction, "READ /A");
        assertThat(transaction.touchedNodes()).isEqualTo(1);
        world.in(transaction, "READ /N/n");
        assertThat(transaction.touchedNodes()).as("/N/n, /N and /").isEqualTo(4);
        world.in(transaction, "RM /T");
        assertThat(transaction.touchedNodes()).as("/T and /T/m").isEqualTo(6);
    }

    @Test
    @DisplayName("S-TX-2 (snapshot): one that is renewed goes on as if it had begun now, with its own writes")
    void aRenewedTransactionBeganNow() {
        Transaction transaction = world.begin();
        world.in(transaction, "READ /A");
        world.in(transaction, "WRITE /mine 7");
        long size = transaction.size();
        world.now("WRITE /X y");
        transaction.renew(world.tree(), 0);
        assertThat(world.in(transaction, "READ /X")).isEqualTo("y");
        assertThat(world.in(transaction, "READ /A")).isEqualTo("a");
        assertThat(world.in(transaction, "READ /mine")).isEqualTo("7");
        assertThat(transaction.size()).isGreaterThan(size);
        world.now("WRITE /Y z");
        assertThat(world.commit(transaction)).isEqualTo("OK");
        assertThat(world.now("READ /mine")).isEqualTo("7");
        assertThat(world.now("READ /Y")).isEqualTo("z");
    }

    @Test
    @DisplayName("S-TX-7: one that cannot be renewed has lost: it answers on, keeps nothing, and ends in EAGAIN")
    void aTransactionThatCannotBeRenewedHasLost() {
        Transaction transaction = world.begin();
        world.in(transaction, "READ /A");
        world.in(transaction, "WRITE /mine 7");
        world.now("WRITE /A b");
        transaction.renew(world.tree(), 0);
        assertThat(transaction.size()).isZero();
        assertThat(world.in(transaction, "READ /A")).isEqualTo("b");
        world.now("WRITE /A a");
        assertThat(world.commit(transaction)).isEqualTo("EAGAIN");
        assertThat(world.now("READ /mine")).isEqualTo("ENOENT");
    }

    @Test
    void theIdIsTheCallersChoice() {
        assertThat(new Transaction(77, world.tree(), world.generations(), 0).id())
                .isEqualTo(77);
    }

    @Test
    @DisplayName("S-GEN-1: a start counts as a change")
    void aStartTakesAGeneration() {
        long before = world.generations().current();
        world.begin();
        assertThat(world.generations().current()).isEqualTo(before + 1);
    }

    private static class OnlySmallNodes implements Allowance {
        @Override
        public boolean permitsNodes(int count) {
            return true;
        }

        @Override
        public boolean permitsMemory(int owner, long bytes) {
            return true;
        }

        @Override
        public boolean permitsNodeSize(int size) {
            return size < 60;
        }

        @Override
        public boolean permitsPermissions(int count) {
            return true;
        }

        @Override
        public boolean permitsPath(int length) {
            return true;
        }
    }

    private static final class NoMoreNodes extends OnlySmallNodes {
        @Override
        public boolean permitsNodes(int count) {
            return false;
        }
    }
}
