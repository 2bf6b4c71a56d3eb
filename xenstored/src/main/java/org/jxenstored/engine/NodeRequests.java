package org.jxenstored.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.operation.DirectoryPart;
import org.jxenstored.operation.Read;
import org.jxenstored.operation.Remove;
import org.jxenstored.operation.SetPermissions;
import org.jxenstored.operation.StoreOperation;
import org.jxenstored.operation.Write;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Permission;
import org.jxenstored.transaction.Answer;
import org.jxenstored.transaction.Draft;
import org.jxenstored.transaction.Step;
import org.jxenstored.transaction.Transaction;

/** Runs the operations on nodes, in a transaction or at once. */
final class NodeRequests {
    private final LiveStore store;
    private final Connections connections;
    private final DomainLife life;
    private final Admission admission;
    private final Listings listings = new Listings();

    NodeRequests(LiveStore store, Connections connections, DomainLife life, Admission admission) {
        this.store = store;
        this.connections = connections;
        this.life = life;
        this.admission = admission;
    }

    Map<MessageType, Operation> operations() {
        Map<MessageType, Operation> operations = new EnumMap<>(MessageType.class);
        operations.put(MessageType.READ, call -> run(call, Read.VALUE));
        operations.put(MessageType.DIRECTORY, call -> run(call, Read.DIRECTORY));
        operations.put(MessageType.GET_PERMS, call -> run(call, Read.PERMISSIONS));
        operations.put(MessageType.DIRECTORY_PART, call -> run(call, DirectoryPart.INSTANCE));
        operations.put(MessageType.WRITE, call -> run(call, Write.VALUE));
        operations.put(MessageType.MKDIR, call -> run(call, Write.DIRECTORY));
        operations.put(MessageType.RM, call -> run(call, Remove.INSTANCE));
        operations.put(MessageType.SET_PERMS, this::setPermissions);
        return operations;
    }

    /** Before a domid gets rights it is made sure that it still means the domain the store knows (L-RACE-5). */
    private Reply setPermissions(Call call) {
        List<Permission> named = SetPermissions.permissions(call.request().payload());
        if (call.caller().allowance().permitsPermissions(named.size())) {
            named.forEach(permission -> life.verifyIdentity(permission.domid()));
        }
        if (call.caller().isClosed()) {
            // It named itself, and it was its own end that came to light.
            return Reply.failed(Errno.EIO);
        }
        return run(call, SetPermissions.INSTANCE);
    }

    private Reply run(Call call, StoreOperation operation) {
        Transaction transaction = call.transaction();
        Answer answer = transaction == null ? runNow(call, operation) : runIn(transaction, call, operation);
        return answer instanceof Answer.Failed failed
                ? Reply.failed(failed.errno())
                : Reply.payload(listings.payload(answer));
    }

    private Answer runNow(Call call, StoreOperation operation) {
        Connection caller = call.caller();
        Draft draft = store.draft();
        Answer answer = operation.run(draft, caller, call.request().payload());
        if (store.isTraced() && operation.onlyLooks()) {
            call.arguments().stream()
                    .findFirst()
                    .flatMap(caller::path)
                    .ifPresent(path -> store.traceRead(path, draft.tree()));
        }
        if (draft.isChanged()) {
            store.install(draft);
            admission.chargeWrite(caller, Math.abs(draft.useChange().nodes()), connections.openTransactions());
        }
        return answer;
    }

    private Answer runIn(Transaction transaction, Call call, StoreOperation operation) {
        Connection caller = call.caller();
        Step step = operation.step(caller, call.request().payload());
        Answer answer = transaction.run(step);
        Domain domain = caller.domain();
        if (caller.isLimited() && !transaction.isFailed()) {
            domain.gauge(QuotaName.TRANSACTION_NODES).raisePeak(transaction.touchedNodes());
            long memory = domain.gauge(QuotaName.MEMORY).value() + transaction.size() - transaction.booked();
            if (domain.quotas().isOver(QuotaName.TRANSACTION_NODES, transaction.touchedNodes())) {
                transaction.fail();
                answer = Answer.Failed.fatally(Errno.ENOSPC);
            } else if (domain.quotas().isOver(QuotaName.MEMORY, memory)) {
                transaction.fail();
                answer = Answer.Failed.fatally(operation.onlyLooks() ? Errno.ENOMEM : Errno.EIO);
            }
        }
        caller.book(transaction);
        return answer;
    }
}
