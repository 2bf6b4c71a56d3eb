package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.List;

/**
 * A node of the model.
 *
 * @param grants the owner's first
 * @param born orders the children of a node
 */
record NaiveNode(String value, List<Grant> grants, long born) {

    /** An entry of a permission list; one that is stale grants nothing. */
    record Grant(char letter, int domid, boolean stale) {
        boolean reads() {
            return letter == 'r' || letter == 'b';
        }

        boolean writes() {
            return letter == 'w' || letter == 'b';
        }
    }

    static NaiveNode ownedByDom0(long born) {
        return new NaiveNode("", List.of(new Grant('n', 0, false)), born);
    }

    int owner() {
        return grants.getFirst().domid();
    }

    NaiveNode withValue(String other) {
        return new NaiveNode(other, grants, born);
    }

    NaiveNode withGrants(List<Grant> others) {
        return new NaiveNode(value, List.copyOf(others), born);
    }

    NaiveNode withOwner(int domid) {
        List<Grant> others = new ArrayList<>(grants);
        others.set(0, new Grant(grants.getFirst().letter(), domid, false));
        return withGrants(others);
    }

    NaiveNode without(int domid) {
        List<Grant> kept = new ArrayList<>();
        for (Grant grant : grants) {
            if (kept.isEmpty() || grant.domid() != domid) {
                kept.add(grant);
            }
        }
        return withGrants(kept);
    }

    /** The permission list as GET_PERMS shows it. */
    String permissions() {
        StringBuilder text = new StringBuilder();
        grants.forEach(
                grant -> text.append(grant.letter()).append(grant.domid()).append('\0'));
        return text.toString();
    }
}
