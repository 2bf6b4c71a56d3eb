package org.jxenstored.engine;

import java.util.HashSet;
import java.util.Set;

/**
 * Transactions that a ring's guest may have had open when an earlier daemon ended. It noticed nothing and goes on with
 * them.
 *
 * <p>What was done in them is gone. A guest that was told ENOENT now would give up: kernels start over only when
 * TRANSACTION_END says EAGAIN. So each may be taken up once, to end in that.
 */
final class EarlierTransactions {
    /** Bytes of heap are not counted for whoever has no quota. */
    private static final int MOST = 1024;

    private final Set<Integer> takenUp = new HashSet<>();

    /** How many were taken up: not more than the quota would let be open. */
    int count() {
        return takenUp.size();
    }

    /** False if that was done before: then it is over. */
    boolean takeUp(int id) {
        return takenUp.size() < MOST && takenUp.add(id);
    }
}
