package org.jxenstored.transaction;

/** One request of a transaction, in a form that can be done again on another tree. Equal steps ask the same. */
public interface Step {
    Answer run(Draft draft);

    /** Bytes this step keeps while its transaction is open (S-QUOTA-7). */
    int size();
}
