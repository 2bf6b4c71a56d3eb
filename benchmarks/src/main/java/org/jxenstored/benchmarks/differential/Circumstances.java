package org.jxenstored.benchmarks.differential;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What else is known of the moment of a step. Transaction means the one that the step names, if it is open and of the
 * same connection.
 *
 * @param moved somebody else changed, since the transaction began, the node that the step is about, or one above or below
 * @param anythingMoved somebody else changed something since the transaction began
 * @param movedAfterFirstAccess somebody else changed something since the transaction was first used
 * @param movedBeforeAnAccess somebody else changed, since the transaction began, what it was asked for after that
 * @param removed what was removed in the transaction
 * @param permitted what was given other permissions in the transaction, or perhaps made as the parent of what was asked
 *     for
 * @param madeAgain something below a node was changed in the transaction after that node was removed in it
 * @param spoilt a request in the transaction was refused for a quota, and it had changed the node that the step is about,
 *     or one above or below
 * @param refused a request in the transaction was refused for want of permission
 * @param largest the longest payload that somebody without quotas sent about the node that the step is about, or about a
 *     child of it
 * @param rootIsOpen somebody gave the root other permissions, so that guests may be able to read it
 * @param changedLastBeforeBirth where the store was changed last before a number was given to another domain
 * @param dead domains that were released or destroyed
 * @param targets domains that are the target of another one
 */
record Circumstances(
        boolean moved,
        boolean anythingMoved,
        boolean movedAfterFirstAccess,
        boolean movedBeforeAnAccess,
        List<String> removed,
        List<String> permitted,
        boolean madeAgain,
        boolean spoilt,
        boolean refused,
        int largest,
        boolean rootIsOpen,
        Map<Integer, String> changedLastBeforeBirth,
        Set<Integer> dead,
        Set<Integer> targets) {
    /** Nothing special. */
    static final Circumstances CALM = new Circumstances(
            false, false, false, false, List.of(), List.of(), false, false, false, 0, false, Map.of(), Set.of(),
            Set.of());

    Circumstances {
        removed = List.copyOf(removed);
        permitted = List.copyOf(permitted);
        changedLastBeforeBirth = Map.copyOf(changedLastBeforeBirth);
        dead = Set.copyOf(dead);
        targets = Set.copyOf(targets);
    }
}
