package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.io.IOException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Message;

class TransactionTest {
    private SocketServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new SocketServer();
        client = server.connect();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        server.close();
    }

    private Transaction start(int id) throws Exception {
        FutureTask<Transaction> start = run(client::transaction);
        server.serve(TRANSACTION_START, "|", Integer.toUnsignedString(id) + "|");
        return result(start);
    }

    private void serveEnd(int id, String how) throws Exception {
        server.reply(server.expectIn(id, TRANSACTION_END, how + "|"), "OK|");
    }

    private void refuseEnd(int id, Errno errno) throws Exception {
        server.send(server.expectIn(id, TRANSACTION_END, "T|").error(errno));
    }

    @Test
    @DisplayName("C-LIB-17: one NUL starts, T commits, and all between carries the id")
    void aTransactionCarriesItsId() throws Exception {
        Transaction transaction = start(-2);
        var read = run(() -> transaction.read("/a"));
        server.reply(server.expectIn(-2, READ, "/a|"), "v");
        result(read);
        var mkdir = transaction.async().mkdir("/b");
        server.reply(server.expectIn(-2, MKDIR, "/b|"), "OK|");
        result(mkdir);
        var outside = client.async().read("/c");
        server.reply(server.expectIn(0, READ, "/c|"), "v");
        result(outside);
        var commit = run(transaction::commit);
        serveEnd(-2, "T");
        assertThat(result(commit)).isTrue();
        assertThat(transaction.isOpen()).isFalse();
    }

    @Test
    @DisplayName("C-LIB-15: a conflict is told, not repeated by itself")
    void aConflictIsTold() throws Exception {
        Transaction first = start(1);
        var attempt = run(first::tryCommit);
        refuseEnd(1, Errno.EAGAIN);
        assertThat(result(attempt)).isFalse();

        Transaction second = start(2);
        var commit = run(second::commit);
        refuseEnd(2, Errno.EAGAIN);
        failure(commit, ConflictException.class);
        assertThat(second.isOpen()).isFalse();
    }

    @Test
    void otherErrorsOfACommitAreErrors() throws Exception {
        Transaction transaction = start(1);
        var attempt = run(transaction::tryCommit);
        refuseEnd(1, Errno.ENOSPC);
        failure(attempt, QuotaExceededException.class);
    }

    @Test
    void afterTheEndNothingCanBeDone() throws Exception {
        Transaction transaction = start(3);
        var abort = run(transaction::abort);
        serveEnd(3, "F");
        result(abort);
        transaction.close();
        assertThatThrownBy(() -> transaction.read("/a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction 3");
        assertThatThrownBy(transaction::commit).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingAbortsWithoutWaiting() throws Exception {
        Transaction transaction = start(4);
        transaction.close();
        server.expectIn(4, TRANSACTION_END, "F|");
    }

    @Test
    void aTransactionNobodyWaitsForAnyMoreIsAborted() throws Exception {
        var start = run(() -> {
            Thread.currentThread().interrupt();
            client.transaction();
        });
        Message request = server.expect(TRANSACTION_START, "|");
        failure(start, InterruptedRequestException.class);
        server.reply(request, "5|");
        server.expectIn(5, TRANSACTION_END, "F|");
    }

    @Test
    void theBodyIsRepeatedUntilTheCommitSucceeds() throws Exception {
        var result = run(() -> client.inTransaction(transaction -> {
            transaction.write("/n", "1");
            return transaction.id();
        }));
        for (int id = 1; id <= 6; id++) {
            server.serve(TRANSACTION_START, "|", id + "|");
            server.reply(server.expectIn(id, WRITE, "/n|1"), "OK|");
            if (id < 6) {
                refuseEnd(id, Errno.EAGAIN);
            }
        }
        serveEnd(6, "T");
        assertThat(result(result)).isEqualTo(6);
    }

    @Test
    void theNumberOfAttemptsIsBounded() throws Exception {
        var result = run(() -> client.inTransaction(2, Transaction::id));
        for (int id = 1; id <= 2; id++) {
            server.serve(TRANSACTION_START, "|", id + "|");
            refuseEnd(id, Errno.EAGAIN);
        }
        failure(result, ConflictException.class);
        assertThatThrownBy(() -> client.inTransaction(0, Transaction::id)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBodyThatThrowsAbortsAndIsNotRepeated() throws Exception {
        var result = run(() -> {
            client.runInTransaction(transaction -> {
                throw new IOException("no");
            });
            return true;
        });
        server.serve(TRANSACTION_START, "|", "9|");
        server.expectIn(9, TRANSACTION_END, "F|");
        assertThat(failure(result, IOException.class)).hasMessage("no");
    }

    @Test
    void aBodyThatEndsTheTransactionItselfHasTheLastWord() throws Exception {
        var result = run(() -> client.inTransaction(transaction -> {
            transaction.abort();
            return "enough";
        }));
        server.serve(TRANSACTION_START, "|", "9|");
        serveEnd(9, "F");
        assertThat(result(result)).isEqualTo("enough");
    }
}
