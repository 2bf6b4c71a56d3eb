package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.transaction.Transaction;
import org.jxenstored.watch.Watch;
import org.jxenstored.watch.Watches;

/** All connections, how they begin and how they end. */
public final class Connections {
    private final EngineConfig config;
    private final Domains domains;
    private final Watches watches;
    private final EventDelivery delivery;
    private final Deadlines deadlines;
    private final Indebted indebted;
    private final Changes changes;
    private final OldTrees oldTrees;
    private final Paths paths = new Paths();
    private final TreeMap<Long, Connection> byId = new TreeMap<>();
    private final Map<Integer, Connection> rings = new HashMap<>();
    private final Map<Domain, Set<Connection>> byDomain = new HashMap<>();
    private final Set<Connection> heldBack = new LinkedHashSet<>();
    private long lastId;
    private long lastWatchOrder;
    private int openTransactions;
    private TransactionIds transactionIds = new TransactionIds(0);

    Connections(
            EngineConfig config,
            Domains domains,
            Watches watches,
            EventDelivery delivery,
            Deadlines deadlines,
            Indebted indebted,
            Changes changes,
            OldTrees oldTrees) {
        this.oldTrees = oldTrees;
        this.config = config;
        this.changes = changes;
        this.domains = domains;
        this.watches = watches;
        this.delivery = delivery;
        this.deadlines = deadlines;
        this.indebted = indebted;
    }

    Connection open(Domain domain, Link link) {
        boolean privileged = domain.domid() == config.privDomid();
        Connection connection = new Connection(++lastId, domain, link, privileged, domains, paths, delivery);
        connection.setTransactionIds(transactionIds);
        byId.put(connection.id(), connection);
        byDomain.computeIfAbsent(domain, _ -> new LinkedHashSet<>()).add(connection);
        return connection;
    }

    /** All connections that act as this domain; a copy. */
    List<Connection> of(Domain domain) {
        return List.copyOf(byDomain.getOrDefault(domain, Set.of()));
    }

    /** From now on transactions of new connections have ids that no earlier daemon gave. */
    void beginEpoch(int epoch) {
        transactionIds = new TransactionIds(epoch);
    }

    Connection openRing(Domain domain, RingLink link) {
        Connection connection = open(domain, link);
        rings.put(domain.domid(), connection);
        link.start(connection);
        return connection;
    }

    /** The ring connection of this domain, or null. */
    @Nullable
    Connection ringOf(int domid) {
        return rings.get(domid);
    }

    /** All, in order of creation. */
    public Collection<Connection> all() {
        return List.copyOf(byId.values());
    }

    /** Ends a connection: nothing of it is left. */
    void close(Connection connection) {
        if (byId.remove(connection.id()) == null) {
            return;
        }
        rings.remove(connection.domain().domid(), connection);
        byDomain.computeIfPresent(connection.domain(), (_, all) -> {
            all.remove(connection);
            return all.isEmpty() ? null : all;
        });
        heldBack.remove(connection);
        deadlines.forget(connection);
        indebted.forget(connection);
        reset(connection);
        connection.close();
    }

    /** Drops watches, transactions and output; the connection goes on as a fresh one (P-INTRO-8, S-RING-11). */
    void reset(Connection connection) {
        connection.countReset();
        connection.output().clear();
        delivery.drop(connection);
        resetWatches(connection);
        abortTransactions(connection);
    }

    void resetWatches(Connection connection) {
        connection.watches().forEach(watch -> remove(connection, watch));
    }

    void abortTransactions(Connection connection) {
        new ArrayList<>(connection.transactions()).forEach(transaction -> remove(connection, transaction));
        connection.forgetEarlierTransactions();
    }

    long nextWatchOrder() {
        return ++lastWatchOrder;
    }

    void add(Connection connection, Watch watch) {
        connection.add(watch);
        watches.add(watch);
        if (connection.link() instanceof RingLink) {
            changes.watched(watch, connection.domain().domid());
        }
    }

    void remove(Connection connection, Watch watch) {
        watches.remove(watch);
        connection.remove(watch);
        if (connection.link() instanceof RingLink) {
            changes.unwatched(watch, connection.domain().domid());
        }
    }

    void add(Connection connection, Transaction transaction) {
        connection.add(transaction);
        oldTrees.begins(connection, transaction);
        openTransactions++;
    }

    void remove(Connection connection, Transaction transaction) {
        connection.remove(transaction);
        oldTrees.ends(transaction);
        openTransactions--;
    }

    /** Transactions open now, of all connections. */
    public int openTransactions() {
        return openTransactions;
    }

    /** Remembers that this connection's input waits for its domain to use less. */
    void holdBack(Connection connection) {
        heldBack.add(connection);
    }

    /** Those whose input waits; a copy. */
    List<Connection> heldBack() {
        return List.copyOf(heldBack);
    }

    boolean anyHeldBack() {
        return !heldBack.isEmpty();
    }

    void letGo(Connection connection) {
        heldBack.remove(connection);
    }
}
