package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.DomainAllowance;
import org.jxenstored.domain.Domains;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.EngineTrace.Kind;
import org.jxenstored.engine.EngineTrace.Progress;
import org.jxenstored.operation.Allowance;
import org.jxenstored.operation.Caller;
import org.jxenstored.operation.DomainDirectory;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Births;
import org.jxenstored.store.Node;
import org.jxenstored.store.Subject;
import org.jxenstored.transaction.Transaction;
import org.jxenstored.watch.Watch;
import org.jxenstored.watch.Watcher;

/**
 * One client of the store: who it is, its watches, its transactions, and what waits to be sent to it.
 *
 * <p>All the books on what it uses are kept here, on its domain's gauges.
 */
public final class Connection implements Caller, Watcher {
    private record WatchName(NodePath path, String token) {}

    private final long id;
    private final Domain domain;
    private final Link link;
    private final boolean privileged;
    private final Allowance allowance;
    private final Domains domains;
    private final Paths paths;
    private final EngineTrace trace;
    private final EventDelivery delivery;
    private final OutQueue output;
    private final Map<WatchName, Watch> watches = new LinkedHashMap<>();
    private final TreeMap<Integer, Transaction> transactions = new TreeMap<>(Integer::compareUnsigned);
    private Subject subject;
    private TransactionIds transactionIds = new TransactionIds(0);
    private int lastTransactionId;
    private @Nullable EarlierTransactions earlierTransactions;
    private int resets;
    private boolean ignored;
    private boolean closed;

    Connection(
            long id,
            Domain domain,
            Link link,
            boolean privileged,
            Domains domains,
            Paths paths,
            EventDelivery delivery) {
        this.id = id;
        this.domain = domain;
        this.link = link;
        this.privileged = privileged;
        this.domains = domains;
        this.paths = paths;
        this.delivery = delivery;
        this.trace = delivery.trace();
        this.allowance = isLimited() ? new DomainAllowance(domains, domain) : Allowance.UNLIMITED;
        this.subject = new Subject(domain.domid(), domain.target(), privileged);
        this.output = delivery.newQueue(new Books());
        trace.created(Kind.CONNECTION, name());
    }

    /** Keeps the domain's memory gauge in step with the queue. */
    private final class Books implements OutQueue.Listener {
        @Override
        public void changedBy(long bytes) {
            domain.gauge(QuotaName.MEMORY).add(bytes);
        }

        @Override
        public void sent(Message message, Progress progress) {
            trace.sent(Connection.this, message, progress);
        }

        @Override
        public void sends() {
            trace.sends(Connection.this);
        }

        @Override
        public boolean wantsMessages() {
            return trace.isOn();
        }

        @Override
        public void droppedEvent(Message event) {
            trace.note(() -> "event timed out: " + event.payload() + " for " + domain);
        }
    }

    /** Number of this connection; they count up. */
    public long id() {
        return id;
    }

    /** The id as traces show it. */
    public String name() {
        return "0x" + Long.toHexString(id);
    }

    public Domain domain() {
        return domain;
    }

    public Link link() {
        return link;
    }

    /** What waits to be sent. */
    public OutQueue output() {
        return output;
    }

    public boolean isPrivileged() {
        return privileged;
    }

    /** True if quotas apply: to every domain but those of the host (P-CALL-4). */
    public boolean isLimited() {
        return !domain.isExempt();
    }

    /** True if it broke the protocol and is neither read nor written any more (S-RING-9). */
    public boolean isIgnored() {
        return ignored;
    }

    void setIgnored(boolean ignored) {
        this.ignored = ignored;
    }

    /** True once it has ended; nothing may be queued any more. */
    public boolean isClosed() {
        return closed;
    }

    /** How often it began anew; a reply from before is not sent after (S-RING-11). */
    int resets() {
        return resets;
    }

    void countReset() {
        resets++;
    }

    void close() {
        closed = true;
        trace.destroyed(Kind.CONNECTION, name());
    }

    @Override
    public Subject subject() {
        if (subject.target() != domain.target()) {
            subject = new Subject(domain.domid(), domain.target(), privileged);
        }
        return subject;
    }

    @Override
    public int features() {
        return domain.features();
    }

    @Override
    public @Nullable NodePath path(Value payload, int from, int to) {
        NodePath path = paths.read(payload, from, to, domain.domid());
        return path != null && allowance.permitsPath(path.lengthBelowHome()) ? path : null;
    }

    @Override
    public Allowance allowance() {
        return allowance;
    }

    @Override
    public DomainDirectory directory() {
        return domains;
    }

    @Override
    public Births births() {
        return domains;
    }

    @Override
    public long order() {
        return id;
    }

    @Override
    public boolean mayRead(Node node) {
        return rightsOn(node).read();
    }

    @Override
    public void tell(Watch watch, String eventPath) {
        delivery.deliver(this, watch, eventPath);
    }

    // Watches

    @Nullable
    Watch watch(NodePath path, String token) {
        return watches.get(new WatchName(path, token));
    }

    void add(Watch watch) {
        watches.put(new WatchName(watch.path(), watch.token()), watch);
        domain.gauge(QuotaName.WATCHES).add(1);
        domain.gauge(QuotaName.MEMORY).add(watch.size());
        trace.created(Kind.WATCH, watch.path() + " " + watch.token());
    }

    void remove(Watch watch) {
        if (watches.remove(new WatchName(watch.path(), watch.token())) != null) {
            domain.gauge(QuotaName.WATCHES).add(-1);
            domain.gauge(QuotaName.MEMORY).add(-watch.size());
            trace.destroyed(Kind.WATCH, watch.path() + " " + watch.token());
        }
    }

    /** All its watches in order of registration; a copy. */
    public List<Watch> watches() {
        return new ArrayList<>(watches.values());
    }

    // Transactions

    @Nullable
    Transaction transaction(int transactionId) {
        return transactions.get(transactionId);
    }

    /** Its open transactions. */
    public Collection<Transaction> transactions() {
        return transactions.values();
    }

    void setTransactionIds(TransactionIds ids) {
        transactionIds = ids;
    }

    /** It was connected to an earlier daemon, and goes on as if nothing had been. */
    void goOnWithEarlierTransactions() {
        earlierTransactions = new EarlierTransactions();
    }

    void forgetEarlierTransactions() {
        earlierTransactions = null;
    }

    /** True if its owner may have had this one open with an earlier daemon; only once for each. */
    boolean takeUpEarlierTransaction(int transactionId) {
        return earlierTransactions != null
                && transactionIds.areNotOf(transactionId)
                && !(isLimited() && domain.quotas().isReached(QuotaName.TRANSACTIONS, earlierTransactions.count()))
                && earlierTransactions.takeUp(transactionId);
    }

    /** The next id: they count up, 0 and those in use are skipped (P-TXS-4). */
    int nextTransactionId() {
        do {
            lastTransactionId = transactionIds.after(lastTransactionId);
        } while (transactions.containsKey(lastTransactionId));
        return lastTransactionId;
    }

    void add(Transaction transaction) {
        transactions.put(transaction.id(), transaction);
        domain.gauge(QuotaName.TRANSACTIONS).add(1);
        trace.created(Kind.TRANSACTION, Integer.toUnsignedString(transaction.id()));
    }

    void remove(Transaction transaction) {
        transactions.remove(transaction.id());
        domain.gauge(QuotaName.TRANSACTIONS).add(-1);
        domain.gauge(QuotaName.MEMORY).add(-transaction.booked());
        trace.destroyed(Kind.TRANSACTION, Integer.toUnsignedString(transaction.id()));
    }

    /** Counts what a transaction came to hold on the domain. */
    void book(Transaction transaction) {
        long growth = transaction.takeGrowth();
        if (growth != 0) {
            trace.accounted(
                    domain.domid(), "memory", domain.gauge(QuotaName.MEMORY).value(), growth, true);
            domain.gauge(QuotaName.MEMORY).add(growth);
        }
    }

    /** Something went wrong inside it: it can no longer commit. */
    void spoil(Transaction transaction) {
        transaction.fail();
        book(transaction);
    }

    @Override
    public String toString() {
        return link.describe() + " (d" + domain.domid() + ")";
    }
}
