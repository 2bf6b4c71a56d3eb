package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/security.md: what guests' transactions keep of old trees")
class OldTreesTest extends EngineWorld {
    private static final String VALUE = "v".repeat(1900);

    private final Guest guest = guest(3);

    @BeforeEach
    void thereIsSomethingToKeep() {
        guest.ok("WRITE", "mine", "1");
        for (int i = 0; i < 100; i++) {
            dom0.ok("WRITE", "/big/" + i, VALUE);
        }
    }

    private static int begin(Client client) {
        int transaction = client.begin();
        client.in(0);
        return transaction;
    }

    private static String in(Client client, int transaction, String type, String... arguments) {
        String answer = client.in(transaction).ask(type, arguments);
        client.in(0);
        return answer;
    }

    /** Writes all large nodes anew, so often. */
    private void rewrite(int times) {
        for (int i = 0; i < times; i++) {
            for (int node = 0; node < 100; node++) {
                dom0.ok("WRITE", "/big/" + node, VALUE);
                assertThat(engine.oldTrees().bytes()).isLessThanOrEqualTo(OldTrees.BYTES_MAX);
            }
        }
    }

    @Test
    @DisplayName("S-TX-2 (snapshot): a transaction that keeps too much goes on with the tree of now, and commits")
    void anOldTransactionGoesOn() {
        int transaction = begin(guest);
        in(guest, transaction, "WRITE", "mine", "2");
        assertThat(in(guest, transaction, "READ", "other")).isEqualTo("ENOENT");
        rewrite(300);
        guest.ok("WRITE", "unrelated", "x");
        assertThat(in(guest, transaction, "READ", "mine")).isEqualTo("2");
        assertThat(in(guest, transaction, "TRANSACTION_END", "T")).isEqualTo("OK");
        assertThat(guest.ask("READ", "mine")).isEqualTo("2");
        assertThat(engine.oldTrees().bytes()).isZero();
    }

    @Test
    @DisplayName("S-TX-7: one that has lost already lets go too, and ends in EAGAIN")
    void aLostTransactionLetsGo() {
        int transaction = begin(guest);
        in(guest, transaction, "READ", "mine");
        in(guest, transaction, "WRITE", "other", "2");
        guest.ok("WRITE", "mine", "3");
        rewrite(300);
        assertThat(in(guest, transaction, "TRANSACTION_END", "T")).isEqualTo("EAGAIN");
    }

    @Test
    void asManyTransactionsAsThereMayBeKeepNoMoreThanOne() {
        List<Integer> transactions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            transactions.add(begin(guest));
            in(guest, transactions.getLast(), "WRITE", "mine" + i, "2");
            rewrite(60);
        }
        for (int transaction : transactions) {
            assertThat(in(guest, transaction, "TRANSACTION_END", "T")).isEqualTo("OK");
        }
    }

    @Test
    void dom0sTransactionsAreLeftAlone() {
        int transaction = begin(dom0);
        in(dom0, transaction, "READ", "/big/1");
        in(dom0, transaction, "WRITE", "/result", "1");
        rewrite(300);
        dom0.ok("WRITE", "/big/1", "other");
        assertThat(in(dom0, transaction, "READ", "/big/1")).isEqualTo(VALUE);
        dom0.ok("WRITE", "/big/1", VALUE);
        assertThat(in(dom0, transaction, "TRANSACTION_END", "T")).isEqualTo("OK");
    }
}
