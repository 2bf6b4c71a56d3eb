package org.jxenstored.transaction;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;
import org.jxenstored.watch.Change;

/** Notes what a draft did, for the events that follow when it becomes the store. */
interface Recorder {
    /** A node was looked for, found or not. */
    void looked(NodePath path);

    /** The ancestors of a missing node were looked at, from its parent up to the one at this depth. */
    void lookedAbove(StorePath path, int depth);

    /** A node was created or got a new value or new permissions. */
    void written(NodePath path, @Nullable Node before);

    /** A node was removed with all below it. */
    void removed(StorePath path, Node node, Node parent);

    /**
     * The changes in the order their events go out.
     *
     * @param before the tree the draft began with
     * @param after the tree it made
     */
    List<Change> changes(Tree before, Tree after);
}
