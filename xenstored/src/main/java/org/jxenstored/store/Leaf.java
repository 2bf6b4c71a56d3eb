package org.jxenstored.store;

import org.jxenstored.protocol.Value;

/** A node without children. */
final class Leaf extends Node {
    Leaf(Value value, Permissions permissions, long generation) {
        super(value, permissions, generation);
    }

    @Override
    public Children children() {
        return Children.none();
    }
}
