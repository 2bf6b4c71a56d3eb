package org.jxenstored.engine;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domains;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.store.UseByDomain;
import org.jxenstored.transaction.Transaction;
import org.jxenstored.transaction.Transaction.Outcome;

/** TRANSACTION_START and TRANSACTION_END (protocol.md 6.3). */
final class TransactionRequests {
    private final LiveStore store;
    private final Domains domains;
    private final Connections connections;
    private final Admission admission;

    TransactionRequests(LiveStore store, Domains domains, Connections connections, Admission admission) {
        this.store = store;
        this.domains = domains;
        this.connections = connections;
        this.admission = admission;
    }

    Map<MessageType, Operation> operations() {
        Map<MessageType, Operation> operations = new EnumMap<>(MessageType.class);
        operations.put(MessageType.TRANSACTION_START, this::start);
        operations.put(MessageType.TRANSACTION_END, this::end);
        return operations;
    }

    /** The connection's transaction of this id; also one that was open when an earlier daemon ended. */
    @Nullable
    Transaction find(Connection caller, int id) {
        Transaction open = caller.transaction(id);
        if (open != null || !caller.takeUpEarlierTransaction(id)) {
            return open;
        }
        Transaction interrupted = begin(id);
        interrupted.interrupt();
        connections.add(caller, interrupted);
        return interrupted;
    }

    private Transaction begin(int id) {
        return new Transaction(id, store.tree(), store.generations(), domains.version());
    }

    private Reply start(Call call) {
        Connection caller = call.caller();
        if (call.transaction() != null) {
            return Reply.failed(Errno.EBUSY);
        }
        Domain domain = caller.domain();
        long open = domain.gauge(QuotaName.TRANSACTIONS).value();
        if (caller.isLimited() && domain.quotas().isReached(QuotaName.TRANSACTIONS, open)) {
            return Reply.failed(Errno.ENOSPC);
        }
        int id = caller.nextTransactionId();
        connections.add(caller, begin(id));
        return Reply.text(Integer.toUnsignedString(id));
    }

    private Reply end(Call call) {
        String verdict = call.argument().orElse("");
        if (!verdict.equals("T") && !verdict.equals("F")) {
            return Reply.failed(Errno.EINVAL);
        }
        Transaction transaction = call.transaction();
        if (transaction == null) {
            return Reply.failed(Errno.ENOENT);
        }
        connections.remove(call.caller(), transaction);
        return verdict.equals("F") ? Reply.OK : commit(call.caller(), transaction);
    }

    /** The checks in the order of P-TXE-8. */
    private Reply commit(Connection caller, Transaction transaction) {
        if (transaction.isInterrupted()) {
            return Reply.failed(Errno.EAGAIN);
        }
        if (transaction.isFailed()) {
            return Reply.failed(Errno.ENOMEM);
        }
        if (caller.isLimited() && exceeds(QuotaName.NODES, transaction.useChange())) {
            return Reply.failed(Errno.ENOSPC);
        }
        return switch (transaction.commit(store.tree(), domains.version())) {
            case Outcome.Conflict() -> Reply.failed(Errno.EAGAIN);
            case Outcome.Committed(var draft) -> {
                // On the store of today it may create what was there in the snapshot.
                if (caller.isLimited() && exceeds(QuotaName.NODES, draft.useChange())) {
                    yield Reply.failed(Errno.ENOSPC);
                }
                // Each request was within the owner's memory, but all of them together need not be.
                if (caller.isLimited() && exceeds(QuotaName.MEMORY, draft.useChange())) {
                    yield Reply.failed(Errno.ENOMEM);
                }
                store.install(draft);
                admission.chargeWrite(caller, 0, connections.openTransactions());
                yield Reply.OK;
            }
        };
    }

    /** True if some owner would get more nodes, or memory of nodes, than it may have (S-TX-13). */
    private boolean exceeds(QuotaName quota, UseByDomain change) {
        boolean[] exceeded = new boolean[1];
        change.forEach((domid, use) -> {
            long more = quota == QuotaName.NODES ? use.nodes() : use.bytes();
            @Nullable Domain owner = domains.get(domid);
            exceeded[0] |= more > 0
                    && owner != null
                    && !owner.isExempt()
                    && owner.quotas().isOver(quota, owner.gauge(quota).value() + more);
        });
        return exceeded[0];
    }
}
