package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jxenstored.protocol.MessageType;

/** Both daemons, to which the same is done. */
final class Pair implements AutoCloseable {
    /** What cannot cause an event. */
    private static final Set<MessageType> SILENT = EnumSet.of(
            MessageType.DIRECTORY,
            MessageType.READ,
            MessageType.GET_PERMS,
            MessageType.DIRECTORY_PART,
            MessageType.TRANSACTION_START,
            MessageType.GET_DOMAIN_PATH,
            MessageType.IS_DOMAIN_INTRODUCED);

    private final Host c;
    private final Host ours;
    private final AtomicLong played = new AtomicLong();
    private Progress progress = new Progress();
    private final Set<Who> absent = EnumSet.noneOf(Who.class);

    Pair(Host c, Host ours) {
        this.c = c;
        this.ours = ours;
    }

    /** Both are as at their start, and a new sequence begins. */
    void startOver() throws IOException {
        c.startOver();
        ours.startOver();
        progress = new Progress();
        absent.clear();
    }

    /** How many steps there were. */
    long played() {
        return played.get();
    }

    Progress progress() {
        return progress;
    }

    /** False for a guest whose domain was released: it gets no answers. */
    boolean isThere(Who who) {
        return !absent.contains(who);
    }

    /** Does one step to both, and returns what was different. */
    List<Difference> play(Step step) throws IOException {
        if (!isThere(step.who()) && !(step instanceof Step.Replace)) {
            return List.of();
        }
        played.incrementAndGet();
        Circumstances circumstances = progress.circumstances(step);
        List<Difference> found = new ArrayList<>();
        Outcomes outcomes = perform(step);
        Answer answerOfC = Normal.answer(step, outcomes.c());
        Answer answerOfOurs = Normal.answer(step, outcomes.ours());
        if (!answerOfC.equals(answerOfOurs)) {
            found.add(new Difference(
                    step,
                    Difference.What.REPLY,
                    step.who(),
                    answerOfC.toString(),
                    answerOfOurs.toString(),
                    circumstances));
        }
        progress.note(step, outcomes.c(), outcomes.ours());
        if (changesWhoIsThere(step, outcomes)) {
            found.addAll(lookWhoIsThere(step, circumstances));
        }
        if (mayCauseEvents(step, outcomes)) {
            found.addAll(compareEvents(step, circumstances));
        }
        return found;
    }

    private record Outcomes(Answer c, Answer ours) {}

    private Outcomes perform(Step step) throws IOException {
        return switch (step) {
            case Step.Call call -> call(call);
            case Step.Reopen(Who who) -> {
                c.reopen(who);
                ours.reopen(who);
                yield new Outcomes(Answer.CLOSED, Answer.CLOSED);
            }
            case Step.Oversize(Who who) -> new Outcomes(c.oversize(who), ours.oversize(who));
            case Step.Replace(Who who) -> {
                c.replace(who);
                ours.replace(who);
                absent.remove(who);
                yield new Outcomes(Answer.CLOSED, Answer.CLOSED);
            }
        };
    }

    private Outcomes call(Step.Call call) throws IOException {
        Line lineOfC = c.line(call.who());
        Line lineOfOurs = ours.line(call.who());
        lineOfC.send(call.type(), progress.idInC(call.transaction()), call.payload());
        lineOfOurs.send(call.type(), progress.idInOurs(call.transaction()), call.payload());
        return new Outcomes(lineOfC.receive(), lineOfOurs.receive());
    }

    private static boolean mayCauseEvents(Step step, Outcomes outcomes) {
        return !(step instanceof Step.Call call)
                || ((outcomes.c().isOk() || outcomes.ours().isOk())
                        && MessageType.of(call.type()).filter(SILENT::contains).isEmpty());
    }

    private static boolean changesWhoIsThere(Step step, Outcomes outcomes) {
        return step instanceof Step.Call call
                && (call.is(MessageType.INTRODUCE) || call.is(MessageType.RELEASE))
                && (outcomes.c().isOk() || outcomes.ours().isOk());
    }

    private List<Difference> lookWhoIsThere(Step step, Circumstances circumstances) throws IOException {
        List<Difference> found = new ArrayList<>();
        Optional<Difference> newborn = compareIntroduced(step, step.who(), Host.NEWBORN, circumstances);
        newborn.ifPresent(found::add);
        for (Who who : Who.values()) {
            if (!who.isGuest()) {
                continue;
            }
            Optional<Difference> difference = compareIntroduced(step, who, who.domid(), circumstances);
            difference.ifPresent(found::add);
            if (difference.isEmpty() && c.isIntroduced(who.domid())) {
                absent.remove(who);
            } else {
                absent.add(who);
            }
        }
        return found;
    }

    private Optional<Difference> compareIntroduced(Step step, Who who, int domid, Circumstances circumstances)
            throws IOException {
        boolean inC = c.isIntroduced(domid);
        boolean inOurs = ours.isIntroduced(domid);
        return inC == inOurs
                ? Optional.empty()
                : Optional.of(new Difference(
                        step, Difference.What.STATE, who, introduced(inC), introduced(inOurs), circumstances));
    }

    private static String introduced(boolean is) {
        return is ? "introduced" : "released";
    }

    private List<Difference> compareEvents(Step step, Circumstances circumstances) throws IOException {
        List<Who> everybody = new ArrayList<>(List.of(Who.values()));
        everybody.removeAll(absent);
        c.startBarrier(everybody);
        ours.startBarrier(everybody);
        c.finishBarrier(everybody);
        ours.finishBarrier(everybody);
        List<Difference> found = new ArrayList<>();
        for (Who who : everybody) {
            List<String> fromC = c.line(who).takeEvents();
            List<String> fromOurs = ours.line(who).takeEvents();
            found.addAll(Normal.events(step, who, fromC, fromOurs, circumstances));
        }
        return found;
    }

    /** Compares the whole stores: node by node where the same nodes are in both, in the same order. */
    List<Difference> compareStores(Step last) throws IOException {
        List<StoreReset.Dumped> inC = c.dump();
        List<StoreReset.Dumped> inOurs = ours.dump();
        Circumstances circumstances = progress.circumstances(last);
        List<String> pathsInC = inC.stream().map(StoreReset.Dumped::path).toList();
        List<String> pathsInOurs = inOurs.stream().map(StoreReset.Dumped::path).toList();
        if (!pathsInC.equals(pathsInOurs)) {
            return List.of(different(last, pathsInC.toString(), pathsInOurs.toString(), circumstances));
        }
        List<Difference> found = new ArrayList<>();
        for (int i = 0; i < inC.size(); i++) {
            if (!inC.get(i).equals(inOurs.get(i))) {
                found.add(different(last, inC.get(i).toString(), inOurs.get(i).toString(), circumstances));
            }
        }
        return found;
    }

    private static Difference different(Step last, String inC, String inOurs, Circumstances circumstances) {
        return new Difference(last, Difference.What.STATE, last.who(), inC, inOurs, circumstances);
    }

    @Override
    public void close() throws IOException {
        try (c) {
            ours.close();
        }
    }
}
