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

/** What is known of a sequence while it runs: open transactions, and when the store changed. */
final class Progress {
    /** What changes the store, unless it is done in a transaction. */
    private static final Set<MessageType> ON_NODES =
            Set.of(MessageType.WRITE, MessageType.MKDIR, MessageType.RM, MessageType.SET_PERMS);

    /** What changes it in a transaction too. */
    private static final Set<MessageType> ON_DOMAINS =
            Set.of(MessageType.INTRODUCE, MessageType.RELEASE, MessageType.SET_TARGET);

    /** Bytes of a payload, which with permissions and names of children make a node too large for a guest. */
    private static final int LARGE = 150;

    private static final int INVALID_ID = 0xdead;

    /**
     * An open transaction.
     *
     * @param begun how many changes there had been
     * @param accessed how many there had been at its last request
     * @param removed whether something was removed in it
     * @param spoilt whether a request in it was refused for a quota
     */
    private record Open(Who who, int idInC, int idInOurs, int begun, int accessed, boolean removed, boolean spoilt) {
        Open after(int changes, boolean removal, boolean refusal) {
            return new Open(who, idInC, idInOurs, begun, changes, removed || removal, spoilt || refusal);
        }
    }

    private final Map<Integer, Open> open = new HashMap<>();
    private int changes;
    private boolean large;
    private final Set<Integer> dead = new HashSet<>();

    int idInC(TransactionRef transaction) {
        return id(transaction, Open::idInC);
    }

    int idInOurs(TransactionRef transaction) {
        return id(transaction, Open::idInOurs);
    }

    private int id(TransactionRef transaction, ToIntFunction<Open> side) {
        if (!transaction.isHandle()) {
            return transaction.number();
        }
        Open found = open.get(transaction.number());
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

    Circumstances circumstances(Step step) {
        Optional<Open> own = own(step);
        return new Circumstances(
                own.isPresent(),
                own.isPresent() && own.get().begun() < changes,
                own.isPresent() && own.get().begun() < own.get().accessed(),
                own.isPresent() && own.get().removed(),
                own.isPresent() && own.get().spoilt(),
                large,
                dead);
    }

    private Optional<Open> own(Step step) {
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
                dead.add(who.domid());
                changes++;
            }
            case Step.Call call -> note(call, c, ours);
        }
    }

    private void note(Step.Call call, Answer c, Answer ours) {
        boolean done = c.isOk() || ours.isOk();
        large |= !call.who().isGuest() && call.payload().length() > LARGE;
        Optional<Open> own = own(call);
        if (own.isPresent()) {
            open.put(
                    call.transaction().number(),
                    own.get()
                            .after(
                                    changes,
                                    done && call.is(MessageType.RM),
                                    ours.error().equals("ENOSPC")));
        }
        if (done && ((own.isEmpty() && isOneOf(ON_NODES, call)) || isOneOf(ON_DOMAINS, call))) {
            changes++;
        }
        if (done && (call.is(MessageType.INTRODUCE) || call.is(MessageType.RELEASE))) {
            open.values().removeIf(one -> String.valueOf(one.who().domid()).equals(call.firstString()));
        }
        if (done && call.is(MessageType.RELEASE)) {
            Domid.parse(call.firstString()).ifPresent(dead::add);
        }
        if (call.is(MessageType.RESET_WATCHES) && done) {
            drop(call.who());
        }
        if (call.is(MessageType.TRANSACTION_END) && own.isPresent() && isOver(c)) {
            open.remove(call.transaction().number());
            changes += c.isOk() && call.payload().startsWith("T") ? 1 : 0;
        }
        if (call.starts().isPresent() && c.isOk() && ours.isOk()) {
            open.put(call.starts().get(), new Open(call.who(), id(c), id(ours), changes, changes, false, false));
        }
    }

    private static boolean isOneOf(Set<MessageType> types, Step.Call call) {
        return MessageType.of(call.type()).filter(types::contains).isPresent();
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
