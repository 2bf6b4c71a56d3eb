package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Value;

/** Transactions whose connection is lost. */
class LostTransactionTest {
    private ReconnectingServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new ReconnectingServer(ReconnectingServer.FOR_A_MINUTE);
        client = server.client;
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    private void restart() throws Exception {
        server.die();
        server.comeBack();
    }

    @Test
    void nothingOfALostTransactionReachesTheNextConnection() throws Exception {
        Transaction old = server.start(5);
        var unanswered = old.async().write("/a", "old");
        server.wire.expectIn(5, WRITE, "/a|old");
        restart();
        Transaction sameId = server.start(5);
        assertThat(failure(unanswered, TransactionLostException.class).mayHaveBeenExecuted())
                .isFalse();
        assertThatThrownBy(() -> old.write("/b", "old")).isInstanceOf(TransactionLostException.class);
        assertThatThrownBy(old::commit)
                .isInstanceOf(TransactionLostException.class)
                .hasMessageContaining("nothing of it was done");
        old.close();
        var commit = run(sameId::commit);
        server.wire.reply(server.wire.expectIn(5, TRANSACTION_END, "T|"), "OK|");
        result(commit);
    }

    @Test
    void abortingALostTransactionIsDone() throws Exception {
        Transaction old = server.start(5);
        server.die();
        old.abort();
        assertThat(old.isOpen()).isFalse();
    }

    @Test
    void aCommitOnItsWayMayHaveBeenDone() throws Exception {
        Transaction transaction = server.start(5);
        var commit = run(transaction::commit);
        server.wire.expectIn(5, TRANSACTION_END, "T|");
        restart();
        failure(commit, OutcomeUnknownException.class);
        server.roundTrip();
    }

    @Test
    void aBodyRunsAgainIfTheCommitWasNotSent() throws Exception {
        var value = run(() -> client.inTransaction(transaction -> transaction.read("/a")));
        server.wire.serve(TRANSACTION_START, "|", "1|");
        server.wire.expectIn(1, READ, "/a|");
        restart();
        server.wire.serve(TRANSACTION_START, "|", "1|");
        server.wire.reply(server.wire.expectIn(1, READ, "/a|"), "v");
        server.wire.reply(server.wire.expectIn(1, TRANSACTION_END, "T|"), "OK|");
        assertThat(result(value)).isEqualTo(Value.of("v"));
    }

    @Test
    void aBodyDoesNotRunAgainIfTheCommitWasSent() throws Exception {
        var value = run(() -> client.inTransaction(Transaction::id));
        server.wire.serve(TRANSACTION_START, "|", "1|");
        server.wire.expectIn(1, TRANSACTION_END, "T|");
        restart();
        failure(value, OutcomeUnknownException.class);
        server.roundTrip();
    }

    @Test
    void aBodyThatCommittedItselfDoesNotRunAgain() throws Exception {
        Transaction other = server.start(9);
        var value = run(() -> client.inTransaction(transaction -> {
            transaction.commit();
            return other.read("/a");
        }));
        server.wire.serve(TRANSACTION_START, "|", "1|");
        server.wire.reply(server.wire.expectIn(1, TRANSACTION_END, "T|"), "OK|");
        server.wire.expectIn(9, READ, "/a|");
        restart();
        failure(value, TransactionLostException.class);
        server.roundTrip();
    }

    @Test
    void theAttemptsAreBoundedForLossesToo() throws Exception {
        var value = run(() -> client.inTransaction(1, transaction -> transaction.read("/a")));
        server.wire.serve(TRANSACTION_START, "|", "1|");
        server.wire.expectIn(1, READ, "/a|");
        restart();
        failure(value, TransactionLostException.class);
    }

    @Test
    void aStartOnItsWayIsSentAgain() throws Exception {
        var start = run(client::transaction);
        server.wire.expect(TRANSACTION_START, "|");
        restart();
        server.wire.serve(TRANSACTION_START, "|", "3|");
        assertThat(result(start).id()).isEqualTo(3);
    }

    @Test
    void anIdWithoutItsTransactionDoesNotWaitForAnotherConnection() throws Exception {
        server.die();
        assertThatThrownBy(() -> client.request(READ, 7, Value.of("/a\0")))
                .isInstanceOf(TransactionLostException.class);
    }
}
