package org.jxenstored.client;

import static java.util.Objects.requireNonNull;

import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A transaction at the server. */
final class OpenTransaction extends OperationsBase implements Transaction {
    private static final Value COMMIT = Value.of("T\0");
    private static final Value ABORT = Value.of("F\0");

    private final NodeRequests requests;
    private final Connection connection;
    private volatile boolean open = true;

    private OpenTransaction(NodeRequests requests, Connection connection) {
        this.requests = requests;
        this.connection = connection;
    }

    static OpenTransaction start(Session session) {
        Sent sent = new NodeRequests(session, 0).send(MessageType.TRANSACTION_START, "", Payloads.ONE_NUL);
        try {
            sent.await();
        } catch (InterruptedRequestException interrupt) {
            sent.reply().whenComplete(() -> abandon(sent));
            throw interrupt;
        }
        return started(sent);
    }

    /** Nobody waits for this transaction any more, but the server would keep it. */
    private static void abandon(Sent sent) {
        if (sent.await() instanceof Reply.Success) {
            started(sent).close();
        }
    }

    private static OpenTransaction started(Sent sent) {
        String text = sent.text();
        int id;
        try {
            id = Integer.parseUnsignedInt(text);
        } catch (NumberFormatException notANumber) {
            throw sent.malformed("\"" + text + "\" is no transaction id");
        }
        if (id == 0) {
            throw sent.malformed("transaction id 0");
        }
        // Another connection may have another transaction of this id.
        Connection its = requireNonNull(sent.reply().carrier());
        return new OpenTransaction(new NodeRequests(its, id), its);
    }

    @Override
    NodeRequests requests() {
        if (!open) {
            throw new IllegalStateException("transaction " + Integer.toUnsignedString(id()) + " has ended");
        }
        return requests;
    }

    @Override
    public int id() {
        return requests.transactionId();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void commit() {
        Sent sent = end(COMMIT);
        sent.payload();
    }

    @Override
    public boolean tryCommit() {
        Sent sent = end(COMMIT);
        return switch (sent.await()) {
            case Reply.Success _ -> true;
            case Reply.Failure(Errno errno) when errno == Errno.EAGAIN -> false;
            case Reply bad -> throw sent.exception(bad);
        };
    }

    @Override
    public void abort() {
        Sent sent = end(ABORT);
        if (!(sent.await() instanceof Reply.Lost)) {
            sent.payload();
        }
    }

    /** Whether it has gone with its connection. */
    boolean isLost() {
        return !connection.isOpen();
    }

    /** The server forgets the id whatever its answer is (P-TXE-7). */
    private Sent end(Value how) {
        NodeRequests last = requests();
        open = false;
        return last.send(MessageType.TRANSACTION_END, "", how);
    }

    @Override
    public void close() {
        if (open) {
            // What is sent later is served later, so nobody has to wait for this.
            end(ABORT);
        }
    }
}
