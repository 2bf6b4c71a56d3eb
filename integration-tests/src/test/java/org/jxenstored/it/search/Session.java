package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.search.NaiveDomain.Watch;
import org.jxenstored.protocol.Message;

/** One client's connection as the model knows it: what was asked, and every message that must come, in order. */
final class Session {
    private final String name;
    private final int domid;
    private final boolean ring;
    private final Problems problems;
    private final Map<Integer, Message> unanswered = new LinkedHashMap<>();
    private final List<Expected> expected = new ArrayList<>();
    private final Map<Integer, NaiveTransaction> transactions = new HashMap<>();
    private final Set<Integer> numbersUsed = new HashSet<>();
    private final Set<Integer> earlierNumbers = new HashSet<>();
    private List<Watch> watches = new ArrayList<>();
    private int lastServed;
    private boolean doubtful;

    Session(String name, int domid, boolean ring, Problems problems) {
        this.name = name;
        this.domid = domid;
        this.ring = ring;
        this.problems = problems;
    }

    int domid() {
        return domid;
    }

    boolean isRing() {
        return ring;
    }

    /** Watches of a socket, which end with it; those of a ring are its domain's. */
    List<Watch> watches() {
        return watches;
    }

    void setWatches(List<Watch> others) {
        watches = others;
    }

    Map<Integer, NaiveTransaction> transactions() {
        return transactions;
    }

    boolean hasUnanswered() {
        return !unanswered.isEmpty();
    }

    // ---- what the client does

    void sent(Message request) {
        unanswered.put(request.requestId(), request);
    }

    /**
     * The client got a message. What comes before it in the row and did not come is not owed any more: events that were
     * merged or lost, and answers that are to be found anew.
     *
     * @return the moment of the history it tells of
     */
    int got(Message message) {
        Iterator<Expected> each = expected.iterator();
        List<Expected> skipped = new ArrayList<>();
        while (each.hasNext()) {
            Expected next = each.next();
            if (next.is(message)) {
                skipped.removeIf(Expected::mayComeLate);
                expected.removeAll(skipped);
                expected.remove(next);
                settle(next, message);
                return next.moment();
            }
            if (next.isMandatory() && !next.mayBeAskedAgain()) {
                break;
            }
            skipped.add(next);
        }
        problems.add(name + " got " + describe(message) + ", but what must come is " + expected);
        return 0;
    }

    private static String describe(Message message) {
        return "a message of type " + message.type() + " for request " + message.requestId() + ": "
                + Expected.show(message.payload().text());
    }

    private void settle(Expected met, Message message) {
        if (met.isEvent()) {
            for (Expected other : expected) {
                if (other.isEvent() && other.payload().equals(met.payload())) {
                    other.needNotCome();
                }
            }
            return;
        }
        unanswered.remove(message.requestId());
        met.started().ifPresent(started -> {
            int number = Integer.parseUnsignedInt(message.payload().text().replace("\0", ""));
            if (number == 0 || !numbersUsed.add(number)) {
                problems.add(name + " got the number " + number + " for a transaction, which was another one's");
            }
            if (started.isOpen()) {
                transactions.put(number, started);
            } else if (met.isOfEarlierDaemon()) {
                earlierNumbers.add(number);
            }
        });
    }

    // ---- what the server does

    /** True if this transaction was the client's when an earlier daemon ended, and is used again for the first time. */
    boolean takesUp(int number) {
        return earlierNumbers.remove(number);
    }

    /** A request is about to be served; empty if it may not be. */
    Optional<Message> serves(Message request) {
        @Nullable Message known = unanswered.get(request.requestId());
        if (known == null || !known.equals(request)) {
            problems.add(name + " never asked, or was answered, what is served now: " + describe(request));
            return Optional.empty();
        }
        for (Expected reply : List.copyOf(expected)) {
            if (reply.isReplyTo(request.requestId())) {
                if (!reply.mayBeAskedAgain()) {
                    problems.add(name + "'s request is served twice: " + describe(request));
                }
                expected.remove(reply);
            }
        }
        if (request.requestId() <= lastServed) {
            problems.add(name + "'s requests are served out of order: " + describe(request));
        }
        lastServed = request.requestId();
        return Optional.of(known);
    }

    void expect(Expected reply) {
        expected.add(reply);
    }

    /** An event that may be merged with the same one that still waits. */
    void expectEvent(String payload, int moment, boolean merges) {
        Expected event = Expected.event(payload, moment);
        boolean waits = expected.stream()
                .anyMatch(other -> other.isEvent()
                        && other.isMandatory()
                        && other.payload().equals(payload));
        if (doubtful || (merges && waits)) {
            event.needNotCome();
        }
        if (doubtful) {
            event.beginsHistory(false);
            event.comeLate();
        }
        expected.add(event);
    }

    /** What must come from now on may have come before, to nobody. */
    void beginDoubt() {
        doubtful = true;
    }

    void endDoubt() {
        doubtful = false;
    }

    /** All that was asked or must come is forgotten: the connection begins anew. */
    void reset() {
        unanswered.clear();
        expected.clear();
        endTransactions();
        watches = new ArrayList<>();
    }

    void endTransactions() {
        transactions.clear();
        earlierNumbers.clear();
        expected.forEach(Expected::endTransaction);
    }

    /**
     * The daemon was killed, and another one goes on with this ring.
     *
     * @param certain the last moment that was surely remembered
     * @param possible the last that may have been
     */
    void survives(int certain, int possible) {
        endTransactions();
        earlierNumbers.addAll(numbersUsed);
        expected.removeIf(each -> each.moment() > possible);
        for (Expected each : expected) {
            if (each.isEvent()) {
                each.needNotCome();
            }
            each.beginsHistory(each.moment() > certain);
        }
        lastServed = 0;
    }

    /** Nothing goes on any more: all must have come. */
    void checkNothingIsMissing() {
        if (!unanswered.isEmpty()) {
            problems.add(name + " got no answer to "
                    + describe(unanswered.values().iterator().next()));
        }
        for (Expected each : expected) {
            if (each.isMandatory()) {
                problems.add(name + " did not get the " + each);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
