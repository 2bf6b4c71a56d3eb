package org.jxenstored.client;

/**
 * What {@link XenstoreClient#inTransaction} does in a transaction, possibly several times.
 *
 * @param <T> the result
 * @param <E> what it throws besides unchecked exceptions
 */
@FunctionalInterface
public interface TransactionBody<T, E extends Exception> {
    T run(Transaction transaction) throws E;
}
