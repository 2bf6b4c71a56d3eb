package org.jxenstored.store;

import org.jxenstored.protocol.Value;

/** A node with children. */
final class Parent extends Node {
    private final Children children;

    /** @param children at least one */
    Parent(Value value, Permissions permissions, Children children, long generation) {
        super(value, permissions, generation);
        this.children = children;
    }

    @Override
    public Children children() {
        return children;
    }

    @Override
    long named() {
        return super.named() | children.named();
    }
}
