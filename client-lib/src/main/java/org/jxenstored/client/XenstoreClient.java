package org.jxenstored.client;

import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * A connection to a xenstore server, to be shared by any number of threads.
 *
 * <p>Requests of different threads are on their way at the same time; the blocking calls are meant for
 * virtual threads. When the server goes and comes back, the client gets itself a new connection ({@link
 * Reconnection}) and registers its watches again. Nothing that changes the store is ever sent twice; the rest is told
 * in docs/client.md.
 *
 * {@snippet :
 * try (XenstoreClient xenstore = XenstoreClient.connect()) {
 *     String name = xenstore.readText("/local/domain/5/name");
 * }
 * }
 */
public interface XenstoreClient extends NodeOperations, DomainOperations, AutoCloseable {
    /** How often {@link #inTransaction(TransactionBody)} tries at most. */
    int DEFAULT_ATTEMPTS = 100;

    /**
     * Connects to this machine's server, see {@link Endpoint#standard}.
     *
     * @throws ConnectFailedException if it cannot be reached
     */
    static XenstoreClient connect() {
        return connect(Endpoint.standard());
    }

    /**
     * Connects to a server.
     *
     * @throws ConnectFailedException if it cannot be reached
     */
    static XenstoreClient connect(Endpoint endpoint) {
        return connect(endpoint, Reconnection.standard());
    }

    /**
     * Connects to a server.
     *
     * @param reconnection what to do when this connection is lost; this first one is tried once only
     * @throws ConnectFailedException if it cannot be reached
     */
    static XenstoreClient connect(Endpoint endpoint, Reconnection reconnection) {
        return Connector.connect(endpoint, reconnection, Pace.real());
    }

    /** Opens a transaction. Close it, or the server keeps it until the connection ends. */
    Transaction transaction();

    /**
     * Runs a body in a transaction and commits; starts over while the commit says EAGAIN, at most {@link
     * #DEFAULT_ATTEMPTS} times. After the first conflicts it pauses for a random time, up to 20 ms. It also starts over
     * when the connection was lost before the commit was sent.
     *
     * <p>If the body throws, the transaction is aborted. If the body itself ends the transaction, nothing more
     * is done and its result is given.
     *
     * @throws ConflictException if the last attempt failed as well
     * @throws OutcomeUnknownException if the connection was lost between the commit and its answer
     */
    default <T, E extends Exception> T inTransaction(TransactionBody<T, E> body) throws E {
        return inTransaction(DEFAULT_ATTEMPTS, body);
    }

    /** As {@link #inTransaction(TransactionBody)} with another bound, at least 1. */
    <T, E extends Exception> T inTransaction(int attempts, TransactionBody<T, E> body) throws E;

    /** As {@link #inTransaction(TransactionBody)} without a result. */
    <E extends Exception> void runInTransaction(TransactionAction<E> action) throws E;

    /** A new queue, without watches, that keeps {@link WatchQueue#DEFAULT_CAPACITY} events. */
    default WatchQueue watchQueue() {
        return watchQueue(WatchQueue.DEFAULT_CAPACITY);
    }

    /** A new queue, without watches, that keeps this many events, at least 1. */
    WatchQueue watchQueue(int capacity);

    /** A new queue with one watch, of a path and all below it. */
    WatchQueue watch(String path);

    /** A new queue with one watch, of a path and what is below it down to a depth. */
    WatchQueue watch(String path, int depth);

    /**
     * Sends a command to the server's CONTROL interface.
     *
     * @param command the command and its arguments
     * @return the answer without the NUL at its end, one character for each byte
     */
    String control(String... command);

    /**
     * Sends any request.
     *
     * @param transactionId 0 for none; an id is the server's on one connection, so after a reconnection it may be that of
     *     another transaction: {@link Transaction#async} has the same call and knows
     * @param payload at most 4096 bytes; more is refused here with {@link TooBigException} (C-LIB-9)
     * @return the payload of the reply
     */
    Value request(MessageType type, int transactionId, Value payload);

    /** False once the connection is lost for good or closed; then every call fails. */
    boolean isOpen();

    /** Ends the connection. Waiting calls fail with {@link ConnectionLostException}. Twice does nothing. */
    @Override
    void close();
}
