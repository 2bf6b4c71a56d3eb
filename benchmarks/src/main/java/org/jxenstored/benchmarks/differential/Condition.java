package org.jxenstored.benchmarks.differential;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Numbers;

/** What else must be so for a rule to explain a difference. */
enum Condition {
    ALWAYS(_ -> true),
    /** A path with a character that is not allowed, an empty one, {@code //} or a slash at the end (P-PATH-1 to 4). */
    BAD_PATH(d -> !Words.isPath(call(d).firstString())),
    /** What GET_PERMS of a special name must tell, or not tell, with the permissions that they have at the start. */
    SPECIAL_NODE(d -> call(d).firstString().startsWith("@") && d.ours().equals(permissionsOfSpecial(d))),
    /** A domid that is not one to five digits, or above 65535 (P-NUM-1). */
    BAD_DOMID(d -> call(d).strings().stream()
            .limit(call(d).is(MessageType.SET_TARGET) ? 2 : 1)
            .anyMatch(text -> Domid.parse(text).isEmpty())),
    CONTROL_DOMAIN(d -> Domid.parse(call(d).firstString()).orElse(-1) == Domid.DOM0),
    BAD_PORT(d -> isNoNumber(call(d), 2)),
    /** A frame number that is not digits with a sign at most (P-INTRO-3). */
    BAD_FRAME(d -> call(d).strings().size() > 1 && !call(d).strings().get(1).matches("[-+]?[0-9]+")),
    BAD_OFFSET(d -> call(d).strings().size() == 2 && isNoNumber(call(d), 1)),
    /** An entry that is not one of four letters and a domid in digits (P-NUM-2). */
    BAD_PERMISSION(d -> call(d).strings().stream()
            .skip(1)
            .anyMatch(entry -> !entry.matches("[nrwb].*")
                    || Domid.parse(entry.substring(1)).isEmpty())),
    HELP(d -> call(d).strings().equals(List.of("help"))),
    /** Longer than 2048 bytes below a home or without one, but not longer than 3072 in all (P-PATH-10, P-PATH-12). */
    LONG_PATH(d -> Words.isPath(call(d).firstString()) && isLong(call(d).path()) && !isTooLong(call(d).path())),
    /** Longer than this caller's path may be. */
    TOO_LONG_PATH(d -> isTooLong(call(d).path()) || (d.who().isGuest() && isLong(call(d).path()))),
    /** The same, but that entries of domains that died meanwhile are not in ours (S-DEATH-3). */
    ENTRIES_OF_THE_DEAD(Condition::onlyEntriesOfTheDeadAreMissing),
    /** This change of a domain is one that the event tells of, and the one it tells may be told of it. */
    SPECIAL_EVENT(d -> Told.of(d.ours())
            .filter(told -> told.fits(d.step()))
            .filter(told -> told.isRelease() || d.circumstances().rootIsOpen())
            .isPresent()),
    /** The event is of exactly the domain that was changed. */
    EVENT_OF_ONE_DOMAIN(d -> Told.of(d.ours())
            .filter(told -> told.domid().isPresent() && told.fits(d.step()))
            .isPresent()),
    /** A node that somebody without quotas made about as large as a guest may, or larger. */
    LARGE_NODE(d -> d.circumstances().largest() > Condition.LARGE),
    /** The event is of what the transaction removed. */
    REMOVED(d -> d.circumstances().removed().stream()
            .anyMatch(root -> Changes.isAtOrBelow(d.who().absolute(eventPath(d.ours())), root))),
    /** The transaction made the parent of what the event is of, or gave it other permissions. */
    PARENT_PERMITTED(d ->
            d.circumstances().permitted().contains(Changes.parent(d.who().absolute(eventPath(d.ours()))))),
    /** A request in the transaction was refused for a quota, and what is asked for is what it had changed (S-TX-12). */
    SPOILT(d -> d.circumstances().spoilt()),
    /** A good depth, which not every version knows. */
    DEPTH(d -> call(d).strings().size() == 3
            && Numbers.decimalOrMax(call(d).strings().get(2)).isPresent()),
    /** The answer is about what somebody else changed since the transaction began (S-TX-2). */
    MOVED(d -> d.circumstances().moved()),
    /** Somebody else changed something since the transaction began. */
    ANYTHING_MOVED(d -> d.circumstances().anythingMoved()),
    /** The transaction changed something below a node that it had removed before. */
    MADE_AGAIN(d -> d.circumstances().madeAgain()),
    /** A request in the transaction was refused for want of permission. */
    REFUSED(d -> d.circumstances().refused()),
    /** Somebody else changed something since the transaction was first used. */
    MOVED_AFTER_FIRST_ACCESS(d -> d.circumstances().movedAfterFirstAccess()),
    /** The transaction was asked for what somebody else had changed since it began. */
    MOVED_BEFORE_AN_ACCESS(d -> d.circumstances().movedBeforeAnAccess()),
    /** The guest has the number of a dead one, and nothing was changed after this node until it came. */
    REBORN(d -> Optional.ofNullable(
                    d.circumstances().changedLastBeforeBirth().get(d.who().domid()))
            .filter(place -> Changes.isAtOrBelow(
                    d.what() == Difference.What.REPLY ? call(d).path() : d.who().absolute(eventPath(d.c())), place))
            .isPresent()),
    /** The domain that is released is another one's target. */
    TARGET(d -> d.circumstances()
            .targets()
            .contains(Domid.parse(call(d).firstString()).orElse(-1)));

    /** Bytes of a payload, which with permissions and names of children make a node too large for a guest. */
    private static final int LARGE = 150;

    @SuppressWarnings("ImmutableEnumChecker") // they are functions of their argument only
    private final Predicate<Difference> predicate;

    Condition(Predicate<Difference> predicate) {
        this.predicate = predicate;
    }

    boolean holds(Difference difference) {
        return predicate.test(difference);
    }

    private static Step.Call call(Difference difference) {
        return difference.step() instanceof Step.Call call
                ? call
                : new Step.Call(difference.who(), -1, TransactionRef.NONE, "", Optional.empty());
    }

    private static boolean isNoNumber(Step.Call call, int index) {
        return call.strings().size() > index
                && Numbers.decimalOrMax(call.strings().get(index)).isEmpty();
    }

    private static boolean isLong(String path) {
        return path.replaceFirst("^/local/domain/[0-9]{1,5}/", "").length() > Limits.RELATIVE_PATH_MAX;
    }

    private static boolean isTooLong(String path) {
        return path.length() > Limits.ABSOLUTE_PATH_MAX;
    }

    /** As at the start (S-INIT-1), since nobody changes them. */
    private static String permissionsOfSpecial(Difference d) {
        boolean guest = d.who().isGuest();
        return switch (call(d).firstString()) {
            case "@releaseDomain" -> Escape.shown("n0\0r32757\0");
            case "@introduceDomain" -> guest ? "EACCES" : Escape.shown("n0\0");
            // The root decides, which a guest may read if somebody said so (P-ACC-3).
            default -> guest && !(d.circumstances().rootIsOpen() && d.ours().equals("ENOENT")) ? "EACCES" : "ENOENT";
        };
    }

    /** Both are lists with a separator; the first word of permissions is the owner, who is never missing. */
    private static boolean onlyEntriesOfTheDeadAreMissing(Difference d) {
        List<String> inC = List.of(d.c().split("\\\\0| "));
        List<String> inOurs = List.of(d.ours().split("\\\\0| "));
        boolean ownerSeen = false;
        int next = 0;
        for (String word : inC) {
            if (next < inOurs.size() && inOurs.get(next).equals(word)) {
                ownerSeen |= word.matches("\"?[nrwb][0-9]+");
                next++;
            } else if (!ownerSeen || !isEntryOfOne(word, d.circumstances().dead())) {
                return false;
            }
        }
        return next == inOurs.size();
    }

    private static boolean isEntryOfOne(String word, Set<Integer> domids) {
        return word.matches("[nrwb][0-9]{1,5}") && domids.contains(Integer.parseInt(word.substring(1)));
    }

    private static String eventPath(String shown) {
        String event = Escape.read(shown);
        return event.substring(0, event.indexOf('\0'));
    }

    /**
     * What an event of a special name tells.
     *
     * @param domid of the domain, if it names one
     */
    private record Told(boolean isRelease, OptionalInt domid) {
        static Optional<Told> of(String shown) {
            String path = eventPath(shown);
            if (!path.matches("@(introduce|release)Domain(/[0-9]+)?")) {
                return Optional.empty();
            }
            int slash = path.indexOf('/');
            return Optional.of(new Told(
                    path.startsWith("@release"),
                    slash < 0 ? OptionalInt.empty() : Domid.parse(path.substring(slash + 1))));
        }

        /** Whether the step makes it true. */
        boolean fits(Step step) {
            return switch (step) {
                case Step.Replace(Who who) -> isOf(who.domid());
                case Step.Call call ->
                    call.is(isRelease ? MessageType.RELEASE : MessageType.INTRODUCE)
                            && isOf(Domid.parse(call.firstString()).orElse(-1));
                case Step.Reopen _, Step.Oversize _ -> false;
            };
        }

        private boolean isOf(int other) {
            return domid.isEmpty() || domid.getAsInt() == other;
        }
    }
}
