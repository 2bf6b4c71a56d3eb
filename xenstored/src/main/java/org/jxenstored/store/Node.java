package org.jxenstored.store;

import org.jxenstored.protocol.Value;

/** One node with all that is below it (S-NODE-1). Immutable. */
public final class Node {
    /** Bytes a node counts for before its permissions, value and child names (S-NODE-5). */
    private static final int BASE_SIZE = 16;

    private static final int PERMISSION_SIZE = 8;

    private final Value value;
    private final Permissions permissions;
    private final Children children;
    private final long generation;
    private final DomidSet named;

    private Node(Value value, Permissions permissions, Children children, long generation) {
        this.value = value;
        this.permissions = permissions;
        this.children = children;
        this.generation = generation;
        this.named = permissions.named().or(children.named());
    }

    /** A node without children. */
    public static Node leaf(Value value, Permissions permissions, long generation) {
        return new Node(value, permissions, Children.none(), generation);
    }

    public Value value() {
        return value;
    }

    public Permissions permissions() {
        return permissions;
    }

    public int owner() {
        return permissions.owner();
    }

    public Children children() {
        return children;
    }

    /** Changes whenever the value, the permissions or the set of children does (S-GEN-2). */
    public long generation() {
        return generation;
    }

    /** Bytes this node counts for, without its key and what is below it (S-NODE-5). */
    public int size() {
        return BASE_SIZE + PERMISSION_SIZE * permissions.size() + value.size() + children.namesSize();
    }

    public Node withValue(Value newValue, long newGeneration) {
        return new Node(newValue, permissions, children, newGeneration);
    }

    public Node withPermissions(Permissions newPermissions, long newGeneration) {
        return new Node(value, newPermissions, children, newGeneration);
    }

    /** With a child added at the end, or taken away: this node changed (S-GEN-2). */
    public Node withChildren(Children newChildren, long newGeneration) {
        return new Node(value, permissions, newChildren, newGeneration);
    }

    /** With something changed further down: this node did not change. */
    Node withChildReplaced(String name, Node child) {
        return new Node(value, permissions, children.with(name, child), generation);
    }

    /** The same node without entries for this domain; not a change in the sense of {@link #generation} (S-GEN-3). */
    Node withoutGrantsTo(int domid) {
        return new Node(value, permissions.without(domid), children, generation);
    }

    /** False if neither this node nor any below names the domain. */
    public boolean mayName(int domid) {
        return named.mayHold(domid);
    }

    DomidSet named() {
        return named;
    }

    @Override
    public String toString() {
        return "Node[" + value + ' ' + permissions + " children=" + children.size() + " generation=" + generation + ']';
    }
}
