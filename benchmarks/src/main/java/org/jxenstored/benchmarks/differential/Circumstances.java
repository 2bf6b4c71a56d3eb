package org.jxenstored.benchmarks.differential;

import java.util.Set;

/**
 * What else is known of the moment of a step.
 *
 * @param inTransaction whether the step named a transaction of its connection that was open
 * @param moved whether somebody else changed the store since that transaction began
 * @param movedBeforeLastAccess whether that was before the last request in the transaction, this one apart
 * @param removed whether something was removed in that transaction
 * @param spoilt whether a request in that transaction was refused for a quota
 * @param large whether somebody without quotas sent enough to make a node larger than a guest may
 * @param dead domains that were released or destroyed
 */
record Circumstances(
        boolean inTransaction,
        boolean moved,
        boolean movedBeforeLastAccess,
        boolean removed,
        boolean spoilt,
        boolean large,
        Set<Integer> dead) {
    Circumstances {
        dead = Set.copyOf(dead);
    }
}
