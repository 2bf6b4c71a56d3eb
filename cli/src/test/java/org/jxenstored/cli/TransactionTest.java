package org.jxenstored.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionTest {
    private final FakeStore store = new FakeStore().with("/a", "1").with("/b", "2");

    @ParameterizedTest(name = "xenstore-{0}: {1}")
    @DisplayName("C-TX-1: which calls run in a transaction")
    @CsvSource({
        "read /a, 0",
        "read /a /b, 1",
        "write /a x, 0",
        "write /a x /b y, 1",
        "rm /a, 1",
        "exists /a, 1",
        "list /a, 1",
        "chmod /a n0, 1",
        "ls /, 0",
        "watch -n 0 /a, 0"
    })
    void whichCallsRunInATransaction(String call, int transactions) {
        assertThat(ToolRun.on(store, "xenstore", call.split(" ")).exitCode()).isZero();
        assertThat(store.transactions()).isEqualTo(transactions);
    }

    @Test
    @DisplayName("C-TX-2, C-T-5: after conflicts everything is repeated, and printed once")
    void afterConflictsEverythingIsRepeatedAndPrintedOnce() {
        store.commits.addAll(Collections.nCopies(500, FakeStore.Commit.CONFLICT));
        assertThat(ToolRun.on(store, "xenstore-read", "/a", "/b")).isEqualTo(new ToolRun(0, "1\n2\n", ""));
        assertThat(store.transactions()).isEqualTo(501);
    }

    @Test
    @DisplayName("C-TX-2: a repeated write happens")
    void aRepeatedWriteHappens() {
        store.commits.add(FakeStore.Commit.CONFLICT);
        assertThat(ToolRun.on(store, "xenstore-write", "/a", "x", "/b", "y").exitCode())
                .isZero();
        assertThat(store.valueOf("/a") + store.valueOf("/b")).isEqualTo("xy");
    }

    @Test
    @DisplayName("C-TX-3, C-WRITE-3: a run that failed changes nothing")
    void aRunThatFailedChangesNothing() {
        ToolRun run = ToolRun.on(store, "xenstore-write", "/a", "x", "/b//c", "y");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("/b//c");
        assertThat(store.valueOf("/a")).isEqualTo("1");
        assertThat(store.requests).last().isEqualTo("TRANSACTION_END F");
    }

    @Test
    @DisplayName("C-TX-4: another failure of the commit is a message, exit code 1 and no output")
    void anotherFailureOfTheCommitIsExitCode1() {
        store.commits.add(FakeStore.Commit.FAILURE);
        ToolRun run = ToolRun.on(store, "xenstore-read", "/a", "/b");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("xenstore-read: cannot end the transaction: EIO\n");
    }

    @Test
    @DisplayName("C-TX-4: a failed abort is not repeated, and takes the output with it")
    void aFailedAbortIsNotRepeated() {
        store.abortFails = true;
        ToolRun run = ToolRun.on(store, "xenstore-read", "/a", "/missing");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(store.transactions()).isEqualTo(1);
    }

    @Test
    @DisplayName("C-TX-5: what was read before the failure is still printed")
    void whatWasReadBeforeTheFailureIsStillPrinted() {
        ToolRun run = ToolRun.on(store, "xenstore-read", "/a", "/missing", "/b");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("1\n");
        assertThat(store.requests)
                .containsExactly("TRANSACTION_START", "READ /a", "READ /missing", "TRANSACTION_END F");
    }

    @ParameterizedTest
    @DisplayName("C-TX-6: without a free transaction slot the exit code is 1")
    @CsvSource({"exists /a", "rm /a", "list /a", "chmod /a n0", "read /a /b"})
    void withoutAFreeSlotTheExitCodeIs1(String call) {
        store.transactionsAreUsedUp = true;
        ToolRun run = ToolRun.on(store, "xenstore", call.split(" "));
        assertThat(run).isEqualTo(new ToolRun(1, "", "xenstore: cannot start a transaction: ENOSPC\n"));
    }
}
