package org.jxenstored.client;

/**
 * What {@link XenstoreClient#runInTransaction} does in a transaction, possibly several times.
 *
 * @param <E> what it throws besides unchecked exceptions
 */
@FunctionalInterface
public interface TransactionAction<E extends Exception> {
    void run(Transaction transaction) throws E;
}
