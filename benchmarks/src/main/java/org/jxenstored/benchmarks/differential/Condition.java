package org.jxenstored.benchmarks.differential;

import java.util.Optional;
import java.util.function.Predicate;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Numbers;

/** What else must be so for a rule to explain a difference. */
enum Condition {
    ALWAYS(_ -> true),
    /** The payload is not exactly one string (P-ARG-1). */
    NOT_ONE_ARGUMENT(d -> !call(d).isOneArgument()),
    /** A path with a character that is not allowed, an empty one, {@code //} or a slash at the end (P-PATH-1 to 4). */
    BAD_PATH(d -> !isPath(call(d).firstString())),
    SPECIAL_PATH(d -> call(d).firstString().startsWith("@")),
    /** A domid that is not one to five digits, or above 65535 (P-NUM-1). */
    BAD_DOMID(d -> call(d).strings().stream()
            .limit(call(d).is(MessageType.SET_TARGET) ? 2 : 1)
            .anyMatch(text -> Domid.parse(text).isEmpty())),
    CONTROL_DOMAIN(d -> Domid.parse(call(d).firstString()).orElse(-1) == Domid.DOM0),
    BAD_PORT(d -> isNoNumber(call(d), 2)),
    /** A frame number that is not digits with a sign at most (P-INTRO-3). */
    BAD_FRAME(d -> call(d).strings().size() > 1 && !call(d).strings().get(1).matches("[-+]?[0-9]+")),
    BAD_OFFSET(d -> isNoNumber(call(d), 1)),
    /** An entry that is not one of four letters and a domid in digits (P-NUM-2). */
    BAD_PERMISSION(d -> call(d).strings().stream()
            .skip(1)
            .anyMatch(entry -> !entry.matches("[nrwb].*")
                    || Domid.parse(entry.substring(1)).isEmpty())),
    HELP(d -> call(d).firstString().equals("help")),
    /** Longer than 2048 bytes, without a home (P-PATH-10). */
    LONG_PATH(d ->
            call(d).firstString().replaceFirst("^/local/domain/[0-9]{1,5}/", "").length() > Limits.RELATIVE_PATH_MAX),
    /** The same but for permissions of domains that died meanwhile (S-DEATH-3). */
    ENTRIES_OF_THE_DEAD(d -> withoutTheDead(d, d.c()).equals(withoutTheDead(d, d.ours()))),
    SPECIAL_EVENT(d -> d.ours().startsWith("\"@")),
    EVENT_OF_ONE_DOMAIN(d -> d.ours().matches("\"@(introduce|release)Domain/[0-9]+\\\\0.*")),
    /** Some node may be larger than a guest may make one, by somebody else's doing. */
    LARGE_NODE(d -> d.circumstances().large()),
    /** The transaction removed something. */
    REMOVED(d -> d.circumstances().removed()),
    /** A request in the transaction was refused for a quota, so that it can no longer commit (S-TX-12). */
    SPOILT(d -> d.circumstances().spoilt()),
    /** A depth, which not every version knows. */
    THREE_STRINGS(d -> call(d).strings().size() == 3),
    /** Somebody else changed the store since the transaction began (S-TX-2). */
    OVERLAPPED(d -> d.circumstances().moved()),
    /** And the transaction was used after that. */
    OVERLAPPED_BEFORE_LAST_ACCESS(d -> d.circumstances().movedBeforeLastAccess());

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
        return call.strings().size() <= index
                || Numbers.decimalOrMax(call.strings().get(index)).isEmpty();
    }

    private static String withoutTheDead(Difference difference, String text) {
        String rest = text;
        for (int domid : difference.circumstances().dead()) {
            rest = rest.replaceAll("(?<=[0-9])(\\\\0| )[nrwb]" + domid + "(?=\\\\0| )", "");
        }
        return rest;
    }

    static boolean isPath(String text) {
        return text.matches("[-A-Za-z0-9/_@]+") && !text.contains("//") && (text.equals("/") || !text.endsWith("/"));
    }
}
