package org.jxenstored.watch;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;

/** Something that happened to the store and that watches may be told of (semantics.md 4.1). */
public sealed interface Change {

    /**
     * One node was created, modified or removed.
     *
     * @param path its name, and that of the event
     * @param exact true to tell only watches on this very path, false also those above it (S-MATCH-1, S-MATCH-2)
     * @param visibleThrough who may read one of these nodes learns of it (S-FILT-1); asked for only if somebody watches
     */
    record Touched(NodePath path, boolean exact, Supplier<List<Node>> visibleThrough) implements Change {}

    /**
     * All that stood below a node was removed with it; only watches on exactly these paths are told.
     *
     * @param path the node that was removed; it has an event of its own, which is not part of this
     * @param node how it was before
     * @param childrenFirst true for the order of a single RM (S-RM-2), false for that of a commit (S-RM-8)
     * @param except whether a path below has its own {@link Touched}
     */
    record DescendantsRemoved(StorePath path, Node node, boolean childrenFirst, Predicate<StorePath> except)
            implements Change {}
}
