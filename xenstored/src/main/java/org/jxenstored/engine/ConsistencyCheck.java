package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Gauge;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.store.UseByDomain.Use;
import org.jxenstored.transaction.Transaction;
import org.jxenstored.watch.Watch;

/**
 * Counts everything that is counted as it changes once more from its source (S-CHECK-1).
 *
 * <p>The tree itself cannot be inconsistent: a node exists only inside its parent.
 */
public final class ConsistencyCheck {
    private final Engine engine;

    public ConsistencyCheck(Engine engine) {
        this.engine = engine;
    }

    /** Every difference, in words; none if all is well. */
    public List<String> findings() {
        return check(false);
    }

    /** As {@link #findings}, and sets the gauges right. */
    public List<String> repair() {
        return check(true);
    }

    private List<String> check(boolean repair) {
        List<String> findings = new ArrayList<>();
        Map<Integer, Use> uses = engine.store().countedUse();
        for (Domain domain : engine.domains().all()) {
            Use use = uses.getOrDefault(domain.domid(), Use.NOTHING);
            Held held = held(domain);
            compare(domain, QuotaName.NODES, use.nodes(), repair, findings);
            compare(domain, QuotaName.WATCHES, held.watches, repair, findings);
            compare(domain, QuotaName.TRANSACTIONS, held.transactions, repair, findings);
            compare(domain, QuotaName.MEMORY, use.bytes() + held.bytes, repair, findings);
            uses.remove(domain.domid());
        }
        uses.forEach(
                (domid, use) -> findings.add("domain " + domid + " owns " + use.nodes() + " nodes but is not known"));
        compareWatches(findings);
        compareTransactions(findings);
        compareIdentities(findings);
        return findings;
    }

    private record Held(long watches, long transactions, long bytes) {}

    private Held held(Domain domain) {
        long watches = 0;
        long transactions = 0;
        long bytes = 0;
        for (Connection connection : engine.connections().all()) {
            if (connection.domain().equals(domain)) {
                watches += connection.watches().size();
                transactions += connection.transactions().size();
                bytes += connection.output().bookedBytes();
                bytes += connection.watches().stream().mapToLong(Watch::size).sum();
                bytes += connection.transactions().stream()
                        .mapToLong(Transaction::size)
                        .sum();
            }
        }
        return new Held(watches, transactions, bytes);
    }

    private static void compare(Domain domain, QuotaName name, long counted, boolean repair, List<String> findings) {
        Gauge gauge = domain.gauge(name);
        if (gauge.value() != counted) {
            findings.add(domain + ": " + name.wireName() + " was " + gauge.value() + ", is " + counted);
            if (repair) {
                gauge.add(counted - gauge.value());
            }
        }
    }

    private void compareWatches(List<String> findings) {
        Set<Watch> indexed = new HashSet<>(engine.watches().all());
        Set<Watch> held = new HashSet<>();
        engine.connections().all().forEach(connection -> held.addAll(connection.watches()));
        if (!indexed.equals(held)) {
            findings.add("the watch index has " + indexed.size() + " watches, connections hold " + held.size());
        }
    }

    /** A connection that acts as a forgotten domain would escape all quotas. */
    private void compareIdentities(List<String> findings) {
        for (Connection connection : engine.connections().all()) {
            if (!connection
                    .domain()
                    .equals(engine.domains().get(connection.domain().domid()))) {
                findings.add(connection + " acts as a domain that is not known any more");
            }
        }
    }

    private void compareTransactions(List<String> findings) {
        int open = engine.connections().all().stream()
                .mapToInt(connection -> connection.transactions().size())
                .sum();
        if (open != engine.connections().openTransactions()) {
            findings.add(
                    "counted " + engine.connections().openTransactions() + " open transactions, there are " + open);
        }
    }
}
