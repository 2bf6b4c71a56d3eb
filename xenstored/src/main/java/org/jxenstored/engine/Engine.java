package org.jxenstored.engine;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.Domain.Standing;
import org.jxenstored.domain.Domains;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.domain.WriteRateLimit;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.hypervisor.DomainStates;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Generations;
import org.jxenstored.transaction.Transaction;
import org.jxenstored.watch.WatchImage;
import org.jxenstored.watch.Watches;

/**
 * The whole store behind one method: a request of a connection goes in, replies and events come out in the
 * connections' queues.
 *
 * <p>Deterministic: the same calls in the same order, at the same times of the clock, give the same bytes. All calls
 * come from one thread.
 */
public final class Engine {
    private final EngineConfig config;
    private final EngineClock clock;
    private final EngineTrace trace;
    private final Deadlines deadlines = new Deadlines();
    private final WriteRateLimit rateLimit = new WriteRateLimit();
    private final Watches watches = new Watches();
    private final Generations generations = new Generations();
    private final Domains domains;
    private final Connections connections;
    private final LiveStore store;
    private final Changes changes;
    private final OldTrees oldTrees;
    private final DomainLife life;
    private final EventDelivery delivery;
    private final Admission admission;
    private final TransactionRequests transactions;
    private final BiConsumer<Call, Reply> lateAnswers = this::answerLate;
    private final Map<MessageType, Operation> operations = new EnumMap<>(MessageType.class);
    private Ledger ledger = Ledger.NONE;

    /**
     * @param hypervisor which domains exist
     * @param rings how INTRODUCE opens a ring
     */
    public Engine(EngineConfig config, DomainStates hypervisor, RingHost rings, EngineClock clock, EngineTrace trace) {
        this.config = config;
        this.clock = clock;
        this.trace = trace;
        domains = new Domains(hypervisor, generations, config.quotas());
        domains.know(config.privDomid(), Standing.HOST).setIntroduced();
        domains.know(config.storeDomid(), Standing.HOST).setIntroduced();
        store = new LiveStore(generations, domains, watches, trace, config.privDomid());
        delivery = new EventDelivery(trace, clock, deadlines, config);
        changes = new Changes(store, domains);
        oldTrees = new OldTrees(store, domains, trace);
        Indebted indebted = new Indebted(rateLimit);
        connections = new Connections(config, domains, watches, delivery, deadlines, indebted, changes, oldTrees);
        life = new DomainLife(config, domains, connections, store, rateLimit, rings, clock, delivery);
        admission = new Admission(connections, rateLimit, indebted, clock, delivery);
        operations.putAll(new NodeRequests(store, connections, life, admission).operations());
        transactions = new TransactionRequests(store, domains, connections, admission);
        operations.putAll(transactions.operations());
        operations.putAll(new WatchRequests(connections).operations());
        operations.putAll(new DomainRequests(config, domains, connections, life).operations());
        operations.putAll(new QuotaRequests(domains, life).operations());
    }

    /** Two random numbers, without which guests cannot slow down the search among their events; before anybody is connected. */
    public void hashEventsBy(long secret, long another) {
        delivery.hashBy(new PayloadHash(secret, another));
    }

    /** Refuses what changes something while the ledger has no room for it. */
    public void keep(Ledger whatIsToldOfChanges) {
        ledger = whatIsToldOfChanges;
    }

    /**
     * Goes on where an earlier daemon was; before anybody is connected.
     *
     * @param epoch its low byte is not 0, and not that of the earlier daemon
     */
    public void restore(StoreImage image, int epoch) {
        image.quotas().ifPresent(domains::setGlobalQuotas);
        image.domains().forEach(domains::restore);
        generations.raiseTo(image.generation());
        store.restore(image.tree());
        changes.nodesAreKnown();
        connections.beginEpoch(epoch);
    }

    /** All domains but the pinned ones have died; while no daemon ran. */
    public void endAllDomains() {
        life.endAll();
    }

    /**
     * A guest is served on: its watches are in force and each is told once, as it may have missed something.
     *
     * @param ignored true if it broke the protocol, and is not served before it begins anew (S-RING-9)
     * @param owed bytes of output that come first
     */
    public void resumeRing(int domid, RingLink link, boolean ignored, Value owed, List<WatchImage> watched) {
        life.resume(domid, link, ignored, owed, watched);
    }

    /** What changed and must outlive the daemon. */
    public Changes changes() {
        return changes;
    }

    /** Adds CONTROL, which needs more of the daemon than the engine knows. */
    public void addControl(Operation control) {
        operations.put(MessageType.CONTROL, control);
    }

    // Connections

    /** A client on a socket. It acts as the daemon's own domain (P-CALL-3). */
    public Connection connectSocket(Link link) {
        return connections.open(domains.know(config.storeDomid()), link);
    }

    /** A client of a listener with an identity: it acts as that domain, quotas included. */
    public Connection connectAs(int domid, Link link) {
        return connections.open(domains.know(domid, Standing.IDENTITY), link);
    }

    /** True if this domain's ring is served. */
    public boolean hasRing(int domid) {
        return connections.ringOf(domid) != null;
    }

    /** A ring that was there before the daemon: the control domain's, or a guest's (S-RUN-2). */
    public void adoptRing(int domid, RingLink link) {
        life.adopt(domid, link);
    }

    /** The other end of a socket is gone. */
    public void disconnect(Connection connection) {
        connections.close(connection);
    }

    /** The guest asks for a fresh connection through its ring page (S-RING-11). */
    public void reconnect(Connection connection, RingLink link) {
        life.restart(connection, link);
        link.acknowledgeReconnect();
    }

    /** The other end broke the protocol: a socket is closed, a ring ignored (P-HDR-9, S-RING-8). */
    public void protocolError(Connection connection, int ringError, String reason) {
        if (connection.link() instanceof RingLink) {
            life.ignore(connection, ringError, reason);
        } else {
            connection.link().cutOff(reason);
        }
    }

    // Requests

    /** Puts all events into this connection's queue that are due to it: before its next request is looked at. */
    public void tellAll(Connection connection) {
        delivery.putAll(connection);
    }

    /** Whether a request of this type may be served now; if not, the link's {@code resume} is called later. */
    public boolean admits(Connection connection, int type) {
        return admission.admits(connection, type);
    }

    /** Serves one request. Whatever it contains, it does no harm to others (P-ERR-6). */
    public void handle(Connection connection, Message request) {
        if (connection.isIgnored() || connection.isClosed()) {
            return;
        }
        trace.received(connection, request);
        @Nullable Ticket ticket = connection.isLimited() ? new Ticket(connection.domain()) : null;
        Reply reply = serve(connection, request, ticket);
        delivery.end();
        answer(connection, request, reply, ticket);
        oldTrees.bound();
        admission.report(connection.domain());
    }

    /** A defect of ours costs one request, and the transaction it was part of, and nothing else. */
    private Reply serve(Connection connection, Message request, @Nullable Ticket ticket) {
        try {
            delivery.begin(connection, ticket);
            return dispatch(connection, request, ticket);
        } catch (RuntimeException | Error defect) {
            trace.defect("serving type " + request.type() + " of " + connection, defect);
            @Nullable Transaction transaction = connection.transaction(request.transactionId());
            if (transaction != null) {
                connection.spoil(transaction);
            }
            return Reply.failed(Errno.EIO);
        }
    }

    /** The checks every request passes, in their order (P-ERR-7). */
    private Reply dispatch(Connection connection, Message request, @Nullable Ticket ticket) {
        Optional<MessageType> type = MessageType.of(request.type()).filter(MessageType::isRequest);
        Operation operation = type.isPresent() ? operations.get(type.get()) : null;
        if (operation == null) {
            return Reply.failed(Errno.ENOSYS);
        }
        if (Privileges.needed(type.get()) && !connection.isPrivileged()) {
            return Reply.failed(Errno.EACCES);
        }
        Transaction transaction = null;
        if (request.transactionId() != 0 && type.get() != MessageType.WATCH && type.get() != MessageType.UNWATCH) {
            transaction = transactions.find(connection, request.transactionId());
            if (transaction == null) {
                return Reply.failed(Errno.ENOENT);
            }
        }
        boolean changesNothing = transaction != null && transaction.isInterrupted();
        if (!changesNothing && !canBeKept(type.get(), request, transaction)) {
            if (transaction != null) {
                connections.remove(connection, transaction);
            }
            return Reply.failed(Errno.EIO);
        }
        return operation.run(new Call(connection, request, transaction, ticket, lateAnswers));
    }

    private boolean canBeKept(MessageType type, Message request, @Nullable Transaction transaction) {
        if (type == MessageType.TRANSACTION_END && transaction != null) {
            return ledger.hasRoomFor(Ledger.need(request) + 4 * transaction.size());
        }
        return transaction != null || !Ledger.isAsked(type) || ledger.hasRoomFor(Ledger.need(request));
    }

    /** Takes a reply that comes later; it is lost if the connection began anew meanwhile. */
    private void answerLate(Call call, Reply reply) {
        @Nullable Ticket ticket = call.ticket();
        if (!call.isForgotten()) {
            answer(call.caller(), call.request(), reply, ticket);
        } else if (ticket != null) {
            ticket.done();
        }
    }

    private void answer(Connection connection, Message request, Reply reply, @Nullable Ticket ticket) {
        if (connection.isIgnored() || connection.isClosed()) {
            if (ticket != null) {
                ticket.done();
            }
            return;
        }
        switch (reply) {
            case Reply.Success(Value payload) -> send(connection, success(connection, request, payload), ticket);
            case Reply.Failed(Errno errno) -> send(connection, request.error(errno), ticket);
            case Reply.Watching(var watch, String eventPath) -> {
                send(connection, request.reply(OK), ticket);
                delivery.deliverFirst(connection, watch, eventPath);
            }
            case Reply.Later() -> {}
        }
    }

    /** Too long a reply, or too large a one for a domain at its limit, becomes an error (P-ERR-8, S-BUF-4). */
    private static Message success(Connection connection, Message request, Value payload) {
        if (payload.size() > Limits.PAYLOAD_MAX) {
            return request.error(Errno.E2BIG);
        }
        Message reply = request.reply(payload);
        boolean always = !connection.isLimited() || payload.size() <= SMALL_REPLY;
        Domain domain = connection.domain();
        boolean fits = always
                || !domain.quotas()
                        .isOver(QuotaName.MEMORY, domain.gauge(QuotaName.MEMORY).value() + reply.size());
        return fits ? reply : request.error(Errno.ENOMEM);
    }

    /** Replies of up to this many bytes are queued even over quota (S-BUF-3). */
    private static final int SMALL_REPLY = 16;

    private static final Value OK = Value.of("OK\0");

    private void send(Connection connection, Message reply, @Nullable Ticket ticket) {
        boolean first = connection.output().isEmpty();
        connection.output().addReply(reply, ticket);
        if (first) {
            connection.link().wake();
        }
    }

    // What happens by itself

    /** Introduces nobody, but looks who exists: for what was there before the daemon (S-RUN-2). */
    public Collection<DomainState> existingDomains() {
        return domains.hypervisor().list();
    }

    /** VIRQ_DOM_EXC came. */
    public void scan() {
        life.scan();
    }

    /** Looks at all known domains, in case news was lost (L-SCAN-13). */
    public void scanAll() {
        life.scanAll();
        domains.all().forEach(admission::report);
    }

    /** Does what is due, and lets connections go on that were held back; after each turn and at each deadline. */
    public void tick() {
        long now = clock.millis();
        for (Connection connection : deadlines.takeDue(now)) {
            connection.output().dropExpired(now);
            long next = connection.output().nextDeadline();
            if (next != OutQueue.NO_DEADLINE && !connection.isClosed()) {
                deadlines.add(next, connection);
            }
        }
        oldTrees.bound();
        admission.letWaitingGo();
    }

    /** True while changes were made of which not all watchers were told: {@link #tellSome} has to be called. */
    public boolean isBehind() {
        return delivery.isBehind();
    }

    /** Tells some more watchers of changes, a bit of work; between such bits others may be served. */
    public void tellSome() {
        delivery.putSome();
    }

    /** When {@link #tick} must be called at the latest, on the engine's clock; Long.MAX_VALUE if never. */
    public long nextDeadline() {
        return Math.min(deadlines.next(), admission.nextDeadline());
    }

    // For control commands and checks

    public EngineConfig config() {
        return config;
    }

    public Domains domains() {
        return domains;
    }

    public Connections connections() {
        return connections;
    }

    public LiveStore store() {
        return store;
    }

    public Watches watches() {
        return watches;
    }

    public OldTrees oldTrees() {
        return oldTrees;
    }

    public EngineTrace trace() {
        return trace;
    }
}
