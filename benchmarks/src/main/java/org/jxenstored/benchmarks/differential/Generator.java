package org.jxenstored.benchmarks.differential;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.MessageType;

/** Makes random steps, most of them sensible. */
final class Generator {
    private static final int UNKNOWN_ID = 0xbeef;
    private static final int ATTEMPTS = 1000;
    private static final List<Who> EVERYBODY = List.of(Who.values());

    private static final Set<MessageType> DEADLY = EnumSet.of(
            MessageType.READ, MessageType.DIRECTORY, MessageType.GET_PERMS, MessageType.MKDIR, MessageType.RM);

    private final RandomGenerator random;
    private final Words words;
    private final boolean overlapping;
    private int handles;

    /**
     * One for one sequence.
     *
     * @param overlapping whether the store may change while transactions are open
     */
    Generator(RandomGenerator random, boolean overlapping) {
        this.random = random;
        this.words = new Words(random);
        this.overlapping = overlapping;
    }

    /** What a sequence begins with: places that are shared, homes of the guests, some watches. */
    List<Step> prelude() {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.Call.of(Who.S0, MessageType.MKDIR, TransactionRef.NONE, "/t\0"));
        steps.add(Step.Call.of(Who.S0, MessageType.SET_PERMS, TransactionRef.NONE, "/t\0" + words.permissions()));
        for (Who who : Who.values()) {
            if (who.isGuest()) {
                String home = "/local/domain/" + who.domid() + "\0";
                steps.add(Step.Call.of(Who.S0, MessageType.MKDIR, TransactionRef.NONE, home));
                steps.add(Step.Call.of(
                        Who.S0, MessageType.SET_PERMS, TransactionRef.NONE, home + "n" + who.domid() + "\0"));
            }
            if (random.nextBoolean()) {
                steps.add(Step.Call.of(who, MessageType.WATCH, TransactionRef.NONE, words.watch()));
            }
        }
        return steps;
    }

    Step next(Progress progress, Predicate<Who> isThere) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Who who = EVERYBODY.get(random.nextInt(EVERYBODY.size()));
            Step step = step(who, progress);
            boolean fits = step instanceof Step.Replace ? !progress.isTarget(who.domid()) : isThere.test(who);
            if (fits && !mayEndC(step) && !closesCircle(step, progress) && (overlapping || isCalm(step, progress))) {
                return step;
            }
        }
        throw new IllegalStateException("no step fits");
    }

    /** Version 4.17 may die of these with a payload that is not one string (docs/compatibility.md). */
    private static boolean mayEndC(Step step) {
        if (!(step instanceof Step.Call call)) {
            return false;
        }
        if (call.is(MessageType.SET_PERMS)) {
            String path = call.firstString();
            return !Words.isPath(path) || path.startsWith("@") || givesRootAway(call);
        }
        return !call.isOneArgument()
                && MessageType.of(call.type()).filter(DEADLY::contains).isPresent();
    }

    /** It ends when domains are released that are each other's targets. What is no number it takes for some number. */
    private static boolean closesCircle(Step step, Progress progress) {
        if (!(step instanceof Step.Call call) || !call.is(MessageType.SET_TARGET)) {
            return false;
        }
        List<Integer> domids = call.strings().stream()
                .flatMap(word -> Domid.parse(word).stream().boxed())
                .toList();
        return domids.size() < 2 ? progress.hasTargets() : progress.leadsTo(domids.get(1), domids.getFirst());
    }

    /** With its owner the daemon in C removes the root, and answers nothing useful from then on. */
    private static boolean givesRootAway(Step.Call call) {
        return call.firstString().equals("/")
                && !call.strings().stream().skip(1).limit(1).allMatch(owner -> owner.matches("[nrwb]0"));
    }

    /** While a transaction is open nothing else changes the store. */
    private static boolean isCalm(Step step, Progress progress) {
        if (progress.transactionsOpen() == 0) {
            return true;
        }
        if (!(step instanceof Step.Call call)) {
            return !(step instanceof Step.Replace);
        }
        boolean isOwn = call.transaction().isHandle();
        return switch (MessageType.of(call.type()).orElse(MessageType.ERROR)) {
            case WRITE, MKDIR, RM, SET_PERMS -> isOwn;
            case TRANSACTION_START, INTRODUCE, RELEASE, SET_TARGET -> false;
            default -> true;
        };
    }

    private Step step(Who who, Progress progress) {
        int dice = random.nextInt(1000);
        if (dice < 3) {
            return who.isGuest() ? new Step.Replace(who) : new Step.Reopen(who);
        }
        if (dice == 3 && !who.isGuest()) {
            return new Step.Oversize(who);
        }
        if (dice < 10) {
            int type = random.nextBoolean() ? random.nextInt(40) : random.nextInt();
            if (type != MessageType.CONTROL.number()) {
                return new Step.Call(who, type, TransactionRef.NONE, words.junk(), Optional.empty());
            }
        }
        MessageType type = type(random.nextInt(1000));
        TransactionRef transaction = transaction(who, progress);
        if (type == MessageType.TRANSACTION_START) {
            boolean nested = random.nextInt(20) == 0;
            return new Step.Call(
                    who,
                    type.number(),
                    nested ? transaction : TransactionRef.NONE,
                    random.nextInt(10) == 0 ? words.junk() : "\0",
                    Optional.of(++handles));
        }
        String payload = words.payload(type);
        return Step.Call.of(who, type, transaction, random.nextInt(25) == 0 ? words.broken(payload) : payload);
    }

    private TransactionRef transaction(Who who, Progress progress) {
        List<Integer> own = progress.handles(who);
        if (random.nextInt(60) == 0) {
            return new TransactionRef(false, UNKNOWN_ID);
        }
        return own.isEmpty() || random.nextInt(4) == 0
                ? TransactionRef.NONE
                : TransactionRef.handle(own.get(random.nextInt(own.size())));
    }

    private static MessageType type(int dice) {
        int at = dice;
        for (Weight weight : WEIGHTS) {
            at -= weight.weight();
            if (at < 0) {
                return weight.type();
            }
        }
        return MessageType.WRITE;
    }

    private record Weight(MessageType type, int weight) {}

    /** Of a thousand; the rest are WRITE. */
    private static final List<Weight> WEIGHTS = List.of(
            new Weight(MessageType.READ, 90),
            new Weight(MessageType.DIRECTORY, 70),
            new Weight(MessageType.DIRECTORY_PART, 40),
            new Weight(MessageType.GET_PERMS, 60),
            new Weight(MessageType.MKDIR, 90),
            new Weight(MessageType.RM, 90),
            new Weight(MessageType.SET_PERMS, 90),
            new Weight(MessageType.WATCH, 70),
            new Weight(MessageType.UNWATCH, 40),
            new Weight(MessageType.RESET_WATCHES, 5),
            new Weight(MessageType.TRANSACTION_START, 45),
            new Weight(MessageType.TRANSACTION_END, 50),
            new Weight(MessageType.GET_DOMAIN_PATH, 10),
            new Weight(MessageType.IS_DOMAIN_INTRODUCED, 10),
            new Weight(MessageType.INTRODUCE, 14),
            new Weight(MessageType.RELEASE, 10),
            new Weight(MessageType.RESUME, 5),
            new Weight(MessageType.SET_TARGET, 5),
            new Weight(MessageType.CONTROL, 5),
            new Weight(MessageType.GET_FEATURE, 3),
            new Weight(MessageType.SET_FEATURE, 2),
            new Weight(MessageType.GET_QUOTA, 3),
            new Weight(MessageType.SET_QUOTA, 2));
}
