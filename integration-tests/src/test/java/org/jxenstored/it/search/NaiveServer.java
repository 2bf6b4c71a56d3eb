package org.jxenstored.it.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.search.NaiveDomain.Watch;
import org.jxenstored.it.search.NaiveWork.Answer;
import org.jxenstored.it.search.NaiveWork.Change;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;

/**
 * A server as a newcomer would write it, which is told what the real one serves, in that order, and says what every
 * client has to get.
 */
final class NaiveServer {
    private static final Set<MessageType> NEED_PRIVILEGE = Set.of(
            MessageType.INTRODUCE,
            MessageType.RELEASE,
            MessageType.SET_TARGET,
            MessageType.SET_QUOTA,
            MessageType.GET_QUOTA,
            MessageType.IS_DOMAIN_INTRODUCED);

    private final History history;
    private final Sessions sessions;
    private final IntPredicate lives;
    private final Set<Integer> endedMeanwhile = new LinkedHashSet<>();
    private @Nullable Served served;

    /** A request that is being served. */
    private record Served(Session by, Message request) {}

    /** @param lives which domains exist and are not dead */
    NaiveServer(History history, Sessions sessions, IntPredicate lives) {
        this.history = history;
        this.sessions = sessions;
        this.lives = lives;
        sessions.beginRing(0);
    }

    private NaiveStore store() {
        return history.store();
    }

    // ---- what is told of the real server

    /** The real one begins to serve a request. */
    void receives(Session by, Message request) {
        finish(false);
        by.serves(request).ifPresent(known -> served = new Served(by, known));
        endedMeanwhile.clear();
    }

    /**
     * The real one is done with the request, if it had one.
     *
     * @param refused for want of room
     */
    void finish(boolean refused) {
        if (served == null) {
            return;
        }
        Served done = served;
        served = null;
        Session by = done.by();
        if (!sessions.contains(by)) {
            return;
        }
        MessageType type = MessageType.of(done.request().type()).orElseThrow();
        answer(by, done.request(), type, refused);
        history.happened();
    }

    /** The real one was killed, and will not be done with the request, if it had one. */
    void forgetRequest() {
        served = null;
    }

    /** The real one ended a domain. */
    void ends(int domid) {
        if (domid == 0 || !store().isIntroduced(domid)) {
            return;
        }
        endedMeanwhile.add(domid);
        sessions.endRing(domid);
        removeOwned(domid);
        store().forget(domid);
        sessions.announce("@releaseDomain", domid);
        history.happened();
    }

    private void removeOwned(int domid) {
        for (String path : store().topmostOwned(NaiveStore.ROOT, domid)) {
            NaiveWork work = new NaiveWork(store(), store(), lives);
            work.removeNow(path);
            install(work, work.changes());
        }
        if (store().get(NaiveStore.ROOT).owner() == domid) {
            NaiveWork work = new NaiveWork(store(), store(), lives);
            work.inheritRoot();
            install(work, work.changes());
        }
    }

    // ---- requests

    private void answer(Session by, Message request, MessageType type, boolean refused) {
        int domid = by.domid();
        if (NEED_PRIVILEGE.contains(type) && domid != 0) {
            reply(by, request, Answer.failed("EACCES"));
            return;
        }
        boolean looksUp = request.transactionId() != 0 && type != MessageType.WATCH && type != MessageType.UNWATCH;
        @Nullable NaiveTransaction transaction = looksUp ? transaction(by, request.transactionId()) : null;
        if (looksUp && transaction == null) {
            reply(by, request, Answer.failed("ENOENT"));
        } else if (refused) {
            by.transactions().remove(request.transactionId());
            reply(by, request, Answer.failed("EIO"));
        } else {
            serve(by, request, type, transaction);
        }
    }

    /** One that is open; also one of an earlier daemon's, which begins anew on the store of now. */
    private @Nullable NaiveTransaction transaction(Session by, int number) {
        if (by.takesUp(number)) {
            by.transactions().put(number, begin(true));
        }
        return by.transactions().get(number);
    }

    private NaiveTransaction begin(boolean interrupted) {
        return new NaiveTransaction(new NaiveWork(store().copy(), store(), lives), interrupted);
    }

    private void serve(Session by, Message request, MessageType type, @Nullable NaiveTransaction transaction) {
        String[] arguments = request.payload().text().split("\0", -1);
        int domid = by.domid();
        switch (type) {
            case READ, DIRECTORY, GET_PERMS, WRITE, MKDIR, RM, SET_PERMS ->
                reply(
                        by,
                        request,
                        transaction == null
                                ? single(domid, type, request.payload().text())
                                : transaction.run(domid, type, request.payload().text()));
            case TRANSACTION_START -> by.expect(Expected.start(request, begin(false), history.next()));
            case TRANSACTION_END -> {
                by.transactions().remove(request.transactionId());
                reply(by, request, end(domid, arguments[0], Objects.requireNonNull(transaction)));
            }
            case WATCH -> watch(by, request, arguments[0], arguments[1]);
            case UNWATCH -> {
                boolean removed = sessions.removeWatch(by, arguments[0], arguments[1]);
                reply(by, request, removed ? Answer.OK : Answer.failed("ENOENT"));
            }
            case RESET_WATCHES -> {
                sessions.setWatches(by, List.of());
                by.endTransactions();
                reply(by, request, Answer.OK);
            }
            case INTRODUCE -> reply(by, request, introduce(Integer.parseInt(arguments[0])));
            case RELEASE -> reply(by, request, endedMeanwhile.isEmpty() ? Answer.failed("ENOENT") : Answer.OK);
            case IS_DOMAIN_INTRODUCED ->
                reply(by, request, Answer.with(store().isIntroduced(Integer.parseInt(arguments[0])) ? "T\0" : "F\0"));
            case SET_TARGET ->
                reply(by, request, setTarget(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])));
            case SET_QUOTA ->
                reply(by, request, setQuota(Integer.parseInt(arguments[0]), Long.parseLong(arguments[2])));
            case GET_QUOTA -> reply(by, request, quota(Integer.parseInt(arguments[0])));
            default -> throw new IllegalArgumentException(type.toString());
        }
    }

    private void reply(Session to, Message request, Answer answer) {
        to.expect(Expected.reply(request, answer, history.next()));
    }

    private Answer single(int domid, MessageType type, String payload) {
        NaiveWork work = new NaiveWork(store(), store(), lives);
        Answer answer = work.run(domid, type, payload);
        install(work, work.changes());
        return answer;
    }

    private void install(NaiveWork work, List<Change> changes) {
        if (work.isChanged()) {
            store().takeNodes(work.now());
            changes.forEach(sessions::announce);
        }
    }

    /** All of it, or EAGAIN if a single answer would be another one now. */
    private Answer end(int domid, String verdict, NaiveTransaction transaction) {
        if (verdict.equals("T") && transaction.isInterrupted()) {
            return Answer.failed("EAGAIN");
        }
        if (verdict.equals("F") || !transaction.work().isChanged()) {
            return Answer.OK;
        }
        if (exceeds(domid, transaction.work())) {
            return Answer.failed("ENOSPC");
        }
        if (store().isAsItWas(transaction.work().before())) {
            // It ran when it began, whatever has been permitted since.
            install(transaction.work(), transaction.work().changesOfTransaction());
            return Answer.OK;
        }
        NaiveWork again = new NaiveWork(store(), store(), lives);
        if (!transaction.runsOn(again, domid)) {
            return Answer.failed("EAGAIN");
        }
        if (exceeds(domid, again)) {
            return Answer.failed("ENOSPC");
        }
        install(again, again.changesOfTransaction());
        return Answer.OK;
    }

    private boolean exceeds(int domid, NaiveWork work) {
        return domid != 0
                && store().domains().entrySet().stream().anyMatch(entry -> {
                    long more = work.now().owned(entry.getKey()) - work.before().owned(entry.getKey());
                    return entry.getKey() != 0
                            && more > 0
                            && store().owned(entry.getKey()) + more
                                    > entry.getValue().nodesQuota();
                });
    }

    private Answer setTarget(int domid, int target) {
        @Nullable NaiveDomain domain = store().domains().get(domid);
        if (domain == null || !store().isIntroduced(target)) {
            return Answer.failed("ENOENT");
        }
        store().domains().put(domid, domain.withTarget(target));
        return Answer.OK;
    }

    private Answer setQuota(int domid, long nodes) {
        @Nullable NaiveDomain domain = store().domains().get(domid);
        if (domain == null) {
            return Answer.failed("ENOENT");
        }
        store().domains().put(domid, domain.withQuota(nodes));
        return Answer.OK;
    }

    private Answer quota(int domid) {
        @Nullable NaiveDomain domain = store().domains().get(domid);
        return domain == null ? Answer.failed("ENOENT") : Answer.with(domain.nodesQuota() + "\0");
    }

    private Answer introduce(int domid) {
        if (!lives.test(domid)) {
            return Answer.failed("EINVAL");
        }
        @Nullable Session present = sessions.ring(domid);
        if (present != null) {
            present.reset();
            store().domains().computeIfPresent(domid, (_, domain) -> domain.withoutWatches());
            return Answer.OK;
        }
        store().domains().put(domid, NaiveDomain.introduced(store().nextBirth()));
        sessions.beginRing(domid);
        sessions.announce("@introduceDomain", domid);
        return Answer.OK;
    }

    private void watch(Session by, Message request, String given, String token) {
        Optional<Watch> added = sessions.addWatch(by, given, token);
        reply(by, request, added.isPresent() ? Answer.OK : Answer.failed("EEXIST"));
        added.ifPresent(watch -> sessions.event(by, watch, given));
    }
}
