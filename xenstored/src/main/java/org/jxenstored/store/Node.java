package org.jxenstored.store;

import org.jxenstored.protocol.Value;

/**
 * One node with all that is below it (S-NODE-1). Immutable.
 *
 * <p>Most nodes have no children, and there may be a million of them: so those that have some are of a class of their own.
 */
public abstract sealed class Node permits Leaf, Parent {
    /** Bytes a node counts for before its permissions, value and child names (S-NODE-5). */
    private static final int BASE_SIZE = 16;

    private static final int PERMISSION_SIZE = 8;

    private final Value value;
    private final Permissions permissions;
    private final long generation;

    Node(Value value, Permissions permissions, long generation) {
        this.value = value;
        this.permissions = permissions;
        this.generation = generation;
    }

    /** A node without children. */
    public static Node leaf(Value value, Permissions permissions, long generation) {
        return new Leaf(value, permissions, generation);
    }

    private static Node of(Value value, Permissions permissions, Children children, long generation) {
        return children.isEmpty()
                ? new Leaf(value, permissions, generation)
                : new Parent(value, permissions, children, generation);
    }

    public final Value value() {
        return value;
    }

    public final Permissions permissions() {
        return permissions;
    }

    public final int owner() {
        return permissions.owner();
    }

    public abstract Children children();

    /** Changes whenever the value, the permissions or the set of children does (S-GEN-2). */
    public final long generation() {
        return generation;
    }

    /** Bytes this node counts for, without its key and what is below it (S-NODE-5). */
    public final int size() {
        return BASE_SIZE
                + PERMISSION_SIZE * permissions.size()
                + value.size()
                + children().namesSize();
    }

    public final Node withValue(Value newValue, long newGeneration) {
        return of(newValue, permissions, children(), newGeneration);
    }

    public final Node withPermissions(Permissions newPermissions, long newGeneration) {
        return of(value, newPermissions, children(), newGeneration);
    }

    /** With a child added at the end, or taken away: this node changed (S-GEN-2). */
    public final Node withChildren(Children newChildren, long newGeneration) {
        return of(value, permissions, newChildren, newGeneration);
    }

    /** With something changed further down: this node did not change. */
    final Node withChildReplaced(String name, Node child) {
        return of(value, permissions, children().with(name, child), generation);
    }

    /** The same node without entries for this domain; not a change in the sense of {@link #generation} (S-GEN-3). */
    final Node withoutGrantsTo(int domid) {
        return of(value, permissions.without(domid), children(), generation);
    }

    /** False if neither this node nor any below names the domain. */
    public final boolean mayName(int domid) {
        return DomidSet.mayHold(named(), domid);
    }

    /** Which domains this node and those below name, roughly; a {@link DomidSet}. */
    long named() {
        return permissions.named();
    }

    @Override
    public final String toString() {
        return "Node[" + value + ' ' + permissions + " children=" + children().size() + " generation=" + generation
                + ']';
    }
}
