package org.jxenstored.benchmarks.differential;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.MessageType;

/** What is known of a sequence while it runs: open transactions, what changed the store, who died. */
final class Progress {
    private static final int INVALID_ID = 0xdead;

    private final Map<Integer, OpenTransaction> open = new HashMap<>();
    private final Changes changes = new Changes();
    private final Map<String, Integer> largest = new HashMap<>();
    private final Map<Integer, Integer> targets = new HashMap<>();
    private final Set<Integer> dead = new HashSet<>();
    private final Map<Integer, String> changedLastBeforeBirth = new HashMap<>();
    private boolean rootIsOpen;

    int idInC(TransactionRef transaction) {
        return id(transaction, OpenTransaction::idInC);
    }

    int idInOurs(TransactionRef transaction) {
        return id(transaction, OpenTransaction::idInOurs);
    }

    private int id(TransactionRef transaction, ToIntFunction<OpenTransaction> side) {
        if (!transaction.isHandle()) {
            return transaction.number();
        }
        OpenTransaction found = open.get(transaction.number());
        return found == null ? INVALID_ID : side.applyAsInt(found);
    }

    /** The handles of this connection's open transactions. */
    List<Integer> handles(Who who) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().who() == who)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    int transactionsOpen() {
        return open.size();
    }

    /** Whether another domain has it for its target. */
    boolean isTarget(int domid) {
        return targets.containsValue(domid);
    }

    boolean hasTargets() {
        return !targets.isEmpty();
    }

    /** Whether one is the other's target, or the target of its target, and so on. */
    boolean leadsTo(int from, int to) {
        Set<Integer> seen = new HashSet<>();
        int at = from;
        while (targets.containsKey(at) && seen.add(at)) {
            at = targets.getOrDefault(at, at);
            if (at == to) {
                return true;
            }
        }
        return false;
    }

    Circumstances circumstances(Step step) {
        Optional<OpenTransaction> own = own(step);
        String path = path(step);
        return new Circumstances(
                own.isPresent() && own.get().isMoved(changes, path),
                own.isPresent() && own.get().isAnythingMoved(changes),
                own.isPresent() && own.get().isMovedAfterFirstAccess(changes),
                own.isPresent() && own.get().isMovedBeforeAnAccess(changes),
                own.map(one -> one.changed(MessageType.RM)).orElse(List.of()),
                own.map(one -> one.permitted(changes)).orElse(List.of()),
                own.isPresent() && own.get().isMadeAgain(),
                own.isPresent() && own.get().isSpoilt(path),
                own.isPresent() && own.get().isRefused(),
                largest.getOrDefault(path, 0),
                rootIsOpen,
                changedLastBeforeBirth,
                dead,
                Set.copyOf(targets.values()));
    }

    private static String path(Step step) {
        return step instanceof Step.Call call ? call.path() : "/";
    }

    private Optional<OpenTransaction> own(Step step) {
        return step instanceof Step.Call call && call.transaction().isHandle()
                ? Optional.ofNullable(open.get(call.transaction().number())).filter(one -> one.who() == call.who())
                : Optional.empty();
    }

    /** Takes note of a step that was answered, with the ids if it started a transaction. */
    void note(Step step, Answer c, Answer ours) {
        switch (step) {
            case Step.Reopen(Who who) -> drop(who);
            case Step.Oversize(Who who) -> drop(who);
            case Step.Replace(Who who) -> {
                drop(who);
                noteGone(who.domid());
                noteBorn(who.domid());
            }
            case Step.Call call -> note(call, c, ours);
        }
    }

    private void noteGone(int domid) {
        dead.add(domid);
        targets.remove(domid);
        changes.changeEverything();
    }

    private void noteBorn(int domid) {
        if (dead.contains(domid)) {
            changedLastBeforeBirth.put(domid, changes.lastPlace());
        }
    }

    private void note(Step.Call call, Answer c, Answer ours) {
        Optional<OpenTransaction> own = own(call);
        boolean done = c.isOk() || ours.isOk();
        own.ifPresent(transaction -> {
            transaction.access(call.path(), changes.count());
            if (ours.error().equals("ENOSPC")) {
                transaction.spoil();
            }
            if (c.error().equals("EACCES")) {
                transaction.refuse();
            }
        });
        switch (MessageType.of(call.type()).orElse(MessageType.ERROR)) {
            case WRITE, MKDIR, RM, SET_PERMS -> {
                if (done) {
                    noteChange(call, own);
                }
            }
            case INTRODUCE, RELEASE, SET_TARGET -> {
                if (done) {
                    noteDomain(call);
                }
            }
            case RESET_WATCHES -> {
                if (done) {
                    drop(call.who());
                }
            }
            case TRANSACTION_START -> {
                if (c.isOk() && ours.isOk() && call.starts().isPresent()) {
                    open.put(call.starts().get(), new OpenTransaction(call.who(), id(c), id(ours), changes.count()));
                }
            }
            case TRANSACTION_END ->
                own.filter(_ -> isOver(c)).ifPresent(transaction -> {
                    open.remove(call.transaction().number());
                    if (c.isOk() && call.firstString().equals("T")) {
                        transaction.changed().forEach(this::noteInStore);
                    }
                });
            default -> {}
        }
    }

    private void noteChange(Step.Call call, Optional<OpenTransaction> own) {
        String path = call.path();
        own.ifPresentOrElse(transaction -> transaction.change(call), () -> noteInStore(call));
        if (!call.who().isGuest()) {
            int length = call.payload().length();
            largest.merge(path, length, Math::max);
            // Its own name, and perhaps those of the nodes between, are part of those above.
            for (int slash = path.lastIndexOf('/'); slash >= 0; slash = path.lastIndexOf('/', slash - 1)) {
                largest.merge(slash == 0 ? "/" : path.substring(0, slash), length, Math::max);
            }
        }
        rootIsOpen |= call.is(MessageType.SET_PERMS) && path.equals("/");
    }

    private void noteInStore(Step.Call call) {
        if (call.is(MessageType.RM)) {
            changes.remove(call.path());
        } else if (call.is(MessageType.SET_PERMS)) {
            changes.change(call.path());
        } else {
            changes.make(call.path());
        }
    }

    private void noteDomain(Step.Call call) {
        List<Integer> domids = call.strings().stream()
                .flatMap(word -> Domid.parse(word).stream().boxed())
                .toList();
        changes.changeEverything();
        if (domids.isEmpty()) {
            return;
        }
        if (call.is(MessageType.SET_TARGET) && domids.size() > 1) {
            targets.put(domids.getFirst(), domids.get(1));
            return;
        }
        open.values()
                .removeIf(one ->
                        one.who().domid() == domids.getFirst() && one.who().isGuest());
        if (call.is(MessageType.RELEASE)) {
            noteGone(domids.getFirst());
        } else {
            noteBorn(domids.getFirst());
        }
    }

    /** With a bad argument it stays open (P-TXE-1). */
    private static boolean isOver(Answer end) {
        return !end.error().equals("EINVAL");
    }

    private static int id(Answer started) {
        return Integer.parseUnsignedInt(started.payload().replace("\0", ""));
    }

    void drop(Who who) {
        open.values().removeIf(one -> one.who() == who);
    }
}
