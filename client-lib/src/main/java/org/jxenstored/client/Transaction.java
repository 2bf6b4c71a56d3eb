package org.jxenstored.client;

/**
 * An open transaction: what it reads is a snapshot plus its own writes, what it writes shows at the commit.
 *
 * <p>Belongs to its connection. If that is lost, nothing of the transaction was done, and its next request throws
 * {@link TransactionLostException}. Calls after the end throw {@link IllegalStateException}.
 */
public interface Transaction extends NodeOperations, AutoCloseable {
    /** The id the server gave, never 0 (C-LIB-16); unsigned. */
    int id();

    /** False after {@link #commit}, {@link #tryCommit}, {@link #abort} or {@link #close}. */
    boolean isOpen();

    /**
     * Makes all changes visible at once.
     *
     * @throws ConflictException if others changed what this transaction saw; nothing was changed then, and the
     *     whole transaction has to be repeated (C-LIB-15)
     * @throws OutcomeUnknownException if the connection was lost before the server's answer: all changes were made,
     *     or none
     */
    void commit();

    /** As {@link #commit}, but a conflict is told by {@code false}. */
    boolean tryCommit();

    /** Throws all changes away; if the connection is lost, the server has done so already. */
    void abort();

    /** Aborts if still open. Does nothing if the connection is lost: the server has aborted then. */
    @Override
    void close();
}
