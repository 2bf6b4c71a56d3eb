package org.jxenstored.domain;

/**
 * A domain's place in the {@link WriteRateLimit}: what it may still write before it has to wait.
 *
 * <p>It is kept as the moment, on the clock of shares, at which it is full. So nothing has to be done for a domain while
 * its credit grows.
 */
public final class WriteCredit {
    /** The share clock's value at which this credit is full; of meaning only while it takes part. */
    long fullAt;

    /** Tells apart those that are full at the same moment. */
    long number;

    boolean takesPart;
    boolean isFull;

    /** False for domains that never pay, and before the first introduction. */
    public boolean takesPart() {
        return takesPart;
    }
}
