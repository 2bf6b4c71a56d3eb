package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.search.NaiveDomain.Watch;
import org.jxenstored.it.search.NaiveWork.Change;

/** All connections as the model knows them, with their watches: who has to be told of what. */
final class Sessions {
    private final History history;
    private final Problems problems;
    private final Set<Session> all = new LinkedHashSet<>();
    private final Map<Integer, Session> rings = new HashMap<>();

    Sessions(History history, Problems problems) {
        this.history = history;
        this.problems = problems;
    }

    private NaiveStore store() {
        return history.store();
    }

    // ---- who is connected

    @Nullable
    Session ring(int domid) {
        return rings.get(domid);
    }

    boolean contains(Session session) {
        return all.contains(session);
    }

    void beginRing(int domid) {
        Session session = new Session("domain " + domid, domid, true, problems);
        rings.put(domid, session);
        all.add(session);
    }

    void endRing(int domid) {
        @Nullable Session ring = rings.remove(domid);
        if (ring != null) {
            all.remove(ring);
        }
    }

    Session connectSocket(String name) {
        Session session = new Session(name, 0, false, problems);
        all.add(session);
        return session;
    }

    void disconnect(Session session) {
        all.remove(session);
    }

    /**
     * The daemon was killed, and another one goes on with the rings of the domains that there are in the store of now;
     * the watches of the living are told once.
     *
     * @param certain the last moment that was surely remembered
     * @param possible the last that may have been
     */
    void survive(int certain, int possible, IntPredicate lives) {
        all.removeIf(session -> !session.isRing() || !store().isIntroduced(session.domid()));
        rings.keySet().removeIf(domid -> !store().isIntroduced(domid));
        store().domains().keySet().stream()
                .filter(domid -> !rings.containsKey(domid))
                .toList()
                .forEach(this::beginRing);
        for (Session session : all) {
            session.survives(certain, possible);
            if (lives.test(session.domid())) {
                nudge(session);
            }
        }
    }

    /** What must come from now on may have come before, to nobody. */
    void beginDoubt() {
        all.forEach(Session::beginDoubt);
    }

    void endDoubt() {
        all.forEach(Session::endDoubt);
    }

    // ---- watches

    private List<Watch> watches(Session session) {
        if (!session.isRing()) {
            return session.watches();
        }
        // Of two histories that may be what was remembered, one may know a domain that the other does not.
        @Nullable NaiveDomain domain = store().domains().get(session.domid());
        return domain == null ? List.of() : domain.watches();
    }

    void setWatches(Session session, List<Watch> watches) {
        if (session.isRing()) {
            store().domains().computeIfPresent(session.domid(), (_, domain) -> {
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

    /** Another watch; empty if it has that one already. */
    Optional<Watch> addWatch(Session session, String given, String token) {
        String path = NaiveStore.absolute(given, session.domid());
        List<Watch> watches = new ArrayList<>(watches(session));
        if (watches.stream().anyMatch(each -> isOn(each, path, token))) {
            return Optional.empty();
        }
        Watch watch = new Watch(path, token, !path.equals(given));
        watches.add(watch);
        setWatches(session, watches);
        return Optional.of(watch);
    }

    /** Returns false if it has no such watch. */
    boolean removeWatch(Session session, String given, String token) {
        String path = NaiveStore.absolute(given, session.domid());
        List<Watch> watches = new ArrayList<>(watches(session));
        if (!watches.removeIf(each -> isOn(each, path, token))) {
            return false;
        }
        setWatches(session, watches);
        return true;
    }

    private static boolean isOn(Watch watch, String path, String token) {
        return watch.path().equals(path) && watch.token().equals(token);
    }

    // ---- events

    /** Tells of a change of the store those who may see it. */
    void announce(Change change) {
        for (Session session : all) {
            if (change.visible().stream()
                    .noneMatch(node -> store().rights(session.domid(), node).reads())) {
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
    void announce(String name, int domid) {
        for (String event : List.of(name, name + "/" + domid)) {
            for (Session session : all) {
                boolean mayKnow =
                        store().rights(session.domid(), store().get(name)).reads()
                                || store().rights(session.domid(), store().get(NaiveStore.ROOT))
                                        .reads();
                for (Watch watch : watches(session)) {
                    if (mayKnow && watch.path().equals(event)) {
                        event(session, watch, event);
                    }
                }
            }
        }
    }

    /** Tells one watch. */
    void event(Session to, Watch watch, String shown) {
        event(to, watch, shown, history.next());
    }

    /** Each watch is told once. */
    private void nudge(Session session) {
        for (Watch watch : watches(session)) {
            event(session, watch, watch.shown(watch.path(), session.domid()), history.now());
        }
    }

    private static void event(Session to, Watch watch, String shown, int moment) {
        boolean special = watch.path().startsWith("@");
        to.expectEvent(shown + "\0" + watch.token() + "\0", moment, !special);
    }
}
