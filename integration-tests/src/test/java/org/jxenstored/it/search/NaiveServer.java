package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 *
 * <p>What it did since the real one was started is a history: the store as it was after each thing that happened.
 */
final class NaiveServer {
    private final IntPredicate lives;
    private final Problems problems;
    private final List<NaiveStore> history = new ArrayList<>();
    private final Set<Session> sessions = new LinkedHashSet<>();
    private final Map<Integer, Session> rings = new HashMap<>();
    private NaiveStore store = new NaiveStore();

    /** A request that is being served. */
    private record Served(Session by, Message request) {}

    private @Nullable Served served;
    private final Set<Integer> endedMeanwhile = new LinkedHashSet<>();

    /** @param lives which domains exist and are not dead */
    NaiveServer(IntPredicate lives, Problems problems) {
        this.lives = lives;
        this.problems = problems;
        history.add(store.copy());
        beginRing(0);
    }

    /** The store of now. */
    NaiveStore store() {
        return store;
    }

    /** The store after so many things had happened since the daemon's start. */
    NaiveStore at(int moment) {
        return history.get(moment);
    }

    /** The number of the latest moment. */
    int now() {
        return history.size() - 1;
    }

    private int next() {
        return history.size();
    }

    @Nullable
    Session ring(int domid) {
        return rings.get(domid);
    }

    Session connectSocket(String name) {
        Session session = new Session(name, 0, false, problems);
        sessions.add(session);
        return session;
    }

    void disconnect(Session session) {
        sessions.remove(session);
    }

    Set<Session> sessions() {
        return sessions;
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
        history.add(store.copy());
    }

    /** The real one ended a domain. */
    void ends(int domid) {
        if (domid == 0 || !store.isIntroduced(domid)) {
            return;
        }
        endedMeanwhile.add(domid);
        @Nullable Session ring = rings.remove(domid);
        if (ring != null) {
            sessions.remove(ring);
        }
        removeOwned(domid);
        store.forget(domid);
        announce("@releaseDomain", domid);
        history.add(store.copy());
    }

    private void removeOwned(int domid) {
        for (String path : store.topmostOwned(NaiveStore.ROOT, domid)) {
            NaiveWork work = new NaiveWork(store, store, lives);
            work.removeNow(path);
            install(work, work.changes());
        }
        if (store.get(NaiveStore.ROOT).owner() == domid) {
            NaiveWork work = new NaiveWork(store, store, lives);
            work.inheritRoot();
            install(work, work.changes());
        }
    }

    /**
     * The real one was killed, and another one goes on with what there was at one of these moments.
     *
     * @param isDead which domains died before the new one came
     */
    void survives(int certain, int possible, IntPredicate isDead) {
        served = null;
        NaiveStore first = history.get(certain).copy();
        NaiveStore last = history.get(possible).copy();
        history.clear();
        history.add(last.copy());
        store = last;
        sessions.removeIf(session -> !session.isRing() || !store.isIntroduced(session.domid()));
        rings.keySet().removeIf(domid -> !store.isIntroduced(domid));
        store.domains().keySet().stream()
                .filter(domid -> !rings.containsKey(domid))
                .toList()
                .forEach(this::beginRing);
        for (Session session : sessions) {
            session.survives(certain, possible);
            if (!isDead.test(session.domid())) {
                nudge(session);
            }
        }
        List<Integer> deadAtFirst = dead(first, isDead);
        List<Integer> deadAtLast = dead(last, isDead);
        endInDoubt(
                first,
                deadAtFirst.stream()
                        .filter(domid -> !deadAtLast.contains(domid))
                        .toList());
        endInDoubt(
                last,
                deadAtLast.stream()
                        .filter(domid -> !deadAtFirst.contains(domid))
                        .toList());
        store = last;
        deadAtFirst.forEach(this::ends);
    }

    private static List<Integer> dead(NaiveStore of, IntPredicate isDead) {
        return of.domains().keySet().stream().filter(isDead::test).toList();
    }

    /** These were ended by the killed one, or are by the new one, which then tells of it too; or it never knew them. */
    private void endInDoubt(NaiveStore from, List<Integer> dead) {
        store = from;
        sessions.forEach(Session::beginDoubt);
        dead.forEach(this::ends);
        List.copyOf(sessions).forEach(Session::endDoubt);
        history.subList(1, history.size()).clear();
        history.set(0, from.copy());
    }

    /** Each watch is told once. */
    private void nudge(Session session) {
        for (Watch watch : watches(session)) {
            session.expectEvent(told(watch, watch.shown(watch.path(), session.domid())), now(), !isSpecial(watch));
        }
    }

    // ---- requests

    private void answer(Session by, Message request, MessageType type, boolean refused) {
        int domid = by.domid();
        @Nullable NaiveTransaction transaction = by.transactions().get(request.transactionId());
        if (NEED_PRIVILEGE.contains(type) && domid != 0) {
            reply(by, request, Answer.failed("EACCES"));
        } else if (request.transactionId() != 0
                && transaction == null
                && type != MessageType.WATCH
                && type != MessageType.UNWATCH) {
            reply(by, request, Answer.failed("ENOENT"));
        } else if (refused) {
            by.transactions().remove(request.transactionId());
            reply(by, request, Answer.failed("EIO"));
        } else {
            serve(by, request, type, transaction);
        }
    }

    private static final Set<MessageType> NEED_PRIVILEGE = Set.of(
            MessageType.INTRODUCE,
            MessageType.RELEASE,
            MessageType.SET_TARGET,
            MessageType.SET_QUOTA,
            MessageType.GET_QUOTA,
            MessageType.IS_DOMAIN_INTRODUCED);

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
            case TRANSACTION_START ->
                by.expect(Expected.start(
                        request, new NaiveTransaction(new NaiveWork(store.copy(), store, lives)), next()));
            case TRANSACTION_END -> {
                by.transactions().remove(request.transactionId());
                reply(by, request, end(domid, arguments[0], Objects.requireNonNull(transaction)));
            }
            case WATCH -> watch(by, request, arguments[0], arguments[1]);
            case UNWATCH -> reply(by, request, unwatch(by, arguments[0], arguments[1]));
            case RESET_WATCHES -> {
                setWatches(by, List.of());
                by.endTransactions();
                reply(by, request, Answer.OK);
            }
            case INTRODUCE -> reply(by, request, introduce(Integer.parseInt(arguments[0])));
            case RELEASE -> reply(by, request, endedMeanwhile.isEmpty() ? Answer.failed("ENOENT") : Answer.OK);
            case IS_DOMAIN_INTRODUCED ->
                reply(by, request, Answer.with(store.isIntroduced(Integer.parseInt(arguments[0])) ? "T\0" : "F\0"));
            case SET_TARGET ->
                reply(by, request, setTarget(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])));
            case SET_QUOTA ->
                reply(by, request, setQuota(Integer.parseInt(arguments[0]), Long.parseLong(arguments[2])));
            case GET_QUOTA -> reply(by, request, quota(Integer.parseInt(arguments[0])));
            default -> throw new IllegalArgumentException(type.toString());
        }
    }

    private void reply(Session to, Message request, Answer answer) {
        to.expect(Expected.reply(request, answer, next()));
    }

    private Answer single(int domid, MessageType type, String payload) {
        NaiveWork work = new NaiveWork(store, store, lives);
        Answer answer = work.run(domid, type, payload);
        install(work, work.changes());
        return answer;
    }

    private void install(NaiveWork work, List<Change> changes) {
        if (work.isChanged()) {
            store.takeNodes(work.now());
            changes.forEach(this::announce);
        }
    }

    /** All of it, or EAGAIN if a single answer would be another one now. */
    private Answer end(int domid, String verdict, NaiveTransaction transaction) {
        if (verdict.equals("F") || !transaction.work().isChanged()) {
            return Answer.OK;
        }
        if (exceeds(domid, transaction.work())) {
            return Answer.failed("ENOSPC");
        }
        if (store.isAsItWas(transaction.work().before())) {
            // It ran when it began, whatever has been permitted since.
            install(transaction.work(), transaction.work().changesOfTransaction());
            return Answer.OK;
        }
        NaiveWork again = new NaiveWork(store, store, lives);
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
                && store.domains().entrySet().stream().anyMatch(entry -> {
                    long more = work.now().owned(entry.getKey()) - work.before().owned(entry.getKey());
                    return entry.getKey() != 0
                            && more > 0
                            && store.owned(entry.getKey()) + more
                                    > entry.getValue().nodesQuota();
                });
    }

    private Answer setTarget(int domid, int target) {
        @Nullable NaiveDomain domain = store.domains().get(domid);
        if (domain == null || !store.isIntroduced(target)) {
            return Answer.failed("ENOENT");
        }
        store.domains().put(domid, domain.withTarget(target));
        return Answer.OK;
    }

    private Answer setQuota(int domid, long nodes) {
        @Nullable NaiveDomain domain = store.domains().get(domid);
        if (domain == null) {
            return Answer.failed("ENOENT");
        }
        store.domains().put(domid, domain.withQuota(nodes));
        return Answer.OK;
    }

    private Answer quota(int domid) {
        @Nullable NaiveDomain domain = store.domains().get(domid);
        return domain == null ? Answer.failed("ENOENT") : Answer.with(domain.nodesQuota() + "\0");
    }

    private Answer introduce(int domid) {
        if (!lives.test(domid)) {
            return Answer.failed("EINVAL");
        }
        @Nullable Session present = rings.get(domid);
        if (present != null) {
            present.reset();
            store.domains().computeIfPresent(domid, (_, domain) -> domain.withoutWatches());
            return Answer.OK;
        }
        store.domains().put(domid, NaiveDomain.introduced(store.nextBirth()));
        beginRing(domid);
        announce("@introduceDomain", domid);
        return Answer.OK;
    }

    private void beginRing(int domid) {
        Session session = new Session("domain " + domid, domid, true, problems);
        rings.put(domid, session);
        sessions.add(session);
    }

    // ---- watches

    private List<Watch> watches(Session session) {
        return session.isRing()
                ? Objects.requireNonNull(store.domains().get(session.domid())).watches()
                : session.watches();
    }

    private void setWatches(Session session, List<Watch> watches) {
        if (session.isRing()) {
            store.domains().computeIfPresent(session.domid(), (_, domain) -> {
                NaiveDomain empty = domain.withoutWatches();
                for (Watch each : watches) {
                    empty = empty.with(each);
                }
                return empty;
            });
        } else {
            session.setWatches(watches);
        }
    }

    private void watch(Session by, Message request, String given, String token) {
        String path = NaiveStore.absolute(given, by.domid());
        List<Watch> all = new ArrayList<>(watches(by));
        if (all.stream()
                .anyMatch(each -> each.path().equals(path) && each.token().equals(token))) {
            reply(by, request, Answer.failed("EEXIST"));
            return;
        }
        Watch watch = new Watch(path, token, !path.equals(given));
        all.add(watch);
        setWatches(by, all);
        reply(by, request, Answer.OK);
        event(by, watch, given);
    }

    private Answer unwatch(Session by, String given, String token) {
        String path = NaiveStore.absolute(given, by.domid());
        List<Watch> all = new ArrayList<>(watches(by));
        return all.removeIf(each -> each.path().equals(path) && each.token().equals(token))
                ? unwatched(by, all)
                : Answer.failed("ENOENT");
    }

    private Answer unwatched(Session by, List<Watch> left) {
        setWatches(by, left);
        return Answer.OK;
    }

    private void announce(Change change) {
        for (Session session : sessions) {
            if (change.visible().stream()
                    .noneMatch(node -> store.rights(session.domid(), node).reads())) {
                continue;
            }
            for (Watch watch : watches(session)) {
                boolean above = !watch.path().startsWith("@")
                        && (watch.path().equals(NaiveStore.ROOT)
                                || change.path().startsWith(watch.path() + "/"));
                if (watch.path().equals(change.path()) || (above && !change.exact())) {
                    event(session, watch, watch.shown(change.path(), session.domid()));
                }
            }
        }
    }

    /** Tells of a domain, without and with its number. */
    private void announce(String name, int domid) {
        for (String event : List.of(name, name + "/" + domid)) {
            for (Session session : sessions) {
                boolean mayKnow = store.rights(session.domid(), store.get(name)).reads()
                        || store.rights(session.domid(), store.get(NaiveStore.ROOT))
                                .reads();
                for (Watch watch : watches(session)) {
                    if (mayKnow && watch.path().equals(event)) {
                        event(session, watch, event);
                    }
                }
            }
        }
    }

    private void event(Session to, Watch watch, String shown) {
        to.expectEvent(told(watch, shown), next(), !isSpecial(watch));
    }

    private static boolean isSpecial(Watch watch) {
        return watch.path().startsWith("@");
    }

    private static String told(Watch watch, String shown) {
        return shown + "\0" + watch.token() + "\0";
    }
}
