package org.jxenstored.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jxenstored.domain.Domains;
import org.jxenstored.transaction.Transaction;

/**
 * Bounds what guests' open transactions keep alive of trees that are not the store any more.
 *
 * <p>All that is kept was put aside since the oldest of them began. When that is half of what may be, the oldest begins anew on
 * the tree of now, one with each change of the store, which its client cannot notice unless it has lost already. What
 * is too long for that, or comes too late, loses: it will end in EAGAIN.
 *
 * <p>dom0's transactions are left alone. One of them keeps no more than the store was when it began.
 */
public final class OldTrees {
    /** Bytes of heap that guests' transactions keep of old trees, all together. */
    public static final long BYTES_MAX = 64L << 20;

    /** Requests that are worth doing again for one transaction. */
    private static final int STEPS_MAX = 1024;

    private record Held(Connection connection, long since) {}

    private final LiveStore store;
    private final Domains domains;
    private final EngineTrace trace;

    /** The longest held first. */
    private final Map<Transaction, Held> all = new LinkedHashMap<>();

    OldTrees(LiveStore store, Domains domains, EngineTrace trace) {
        this.store = store;
        this.domains = domains;
        this.trace = trace;
    }

    void begins(Connection connection, Transaction transaction) {
        if (connection.isLimited()) {
            all.put(transaction, new Held(connection, store.putAside()));
        }
    }

    void ends(Transaction transaction) {
        all.remove(transaction);
    }

    /** Bytes of heap that guests' transactions keep of old trees, at most. */
    public long bytes() {
        return all.isEmpty() ? 0 : store.putAside() - oldest().getValue().since();
    }

    private Map.Entry<Transaction, Held> oldest() {
        return all.entrySet().iterator().next();
    }

    /** To be called after each change of the store. */
    void bound() {
        if (bytes() > BYTES_MAX / 2) {
            goOn(oldest());
        }
        while (bytes() > BYTES_MAX) {
            lose(oldest());
        }
    }

    private void goOn(Map.Entry<Transaction, Held> held) {
        Transaction transaction = held.getKey();
        if (transaction.steps() > STEPS_MAX) {
            lose(held);
        } else {
            renew(held);
        }
    }

    /** A defect of ours costs one transaction, not the request that brought it up. */
    private void renew(Map.Entry<Transaction, Held> held) {
        try {
            held.getKey().renew(store.tree(), domains.version());
            holdsNow(held);
        } catch (RuntimeException defect) {
            trace.defect("renewing a transaction of " + held.getValue().connection(), defect);
            lose(held);
        }
    }

    private void lose(Map.Entry<Transaction, Held> held) {
        held.getKey().lose(store.tree());
        trace.note(() -> "transaction " + Integer.toUnsignedString(held.getKey().id()) + " of "
                + held.getValue().connection() + " kept too much of old trees: it will not commit");
        holdsNow(held);
    }

    private void holdsNow(Map.Entry<Transaction, Held> held) {
        Connection connection = held.getValue().connection();
        Transaction transaction = held.getKey();
        connection.book(transaction);
        all.remove(transaction);
        begins(connection, transaction);
    }
}
