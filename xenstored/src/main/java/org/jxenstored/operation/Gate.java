package org.jxenstored.operation;

import java.util.Objects;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.SpecialPath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;
import org.jxenstored.store.Rights;
import org.jxenstored.transaction.Draft;

/** The one place that decides whether a caller gets at a node (protocol.md 5.5). */
final class Gate {
    static final Rights READ = new Rights(true, false, false);
    static final Rights WRITE = new Rights(false, true, false);
    static final Rights OWN = new Rights(false, true, true);

    /** What the gate says. */
    sealed interface Passage {
        /** The node is there and the caller may (P-ACC-1). */
        record Open(Node node) implements Passage {}

        /**
         * No such node, and the caller may know it (P-ACC-3).
         *
         * @param ancestor the nearest existing node above
         * @param depth how many names of the path lead to it
         */
        record Absent(Node ancestor, int depth) implements Passage {}

        /** The caller may not (P-ACC-2, P-ACC-4). */
        record Closed() implements Passage {
            Errno errno() {
                return Errno.EACCES;
            }
        }
    }

    private static final Passage CLOSED = new Passage.Closed();

    private Gate() {}

    static Passage pass(Draft draft, NodePath path, Rights wanted, Caller caller) {
        Node node = draft.look(path);
        if (node != null) {
            return caller.rightsOn(node).include(wanted) ? new Passage.Open(node) : CLOSED;
        }
        Passage.Absent absent = switch (path) {
            case StorePath inTree -> nearest(draft, inTree);
            case SpecialPath _ -> new Passage.Absent(draft.tree().root(), 0);
        };
        return caller.rightsOn(absent.ancestor()).includeAnyOf(wanted) ? absent : CLOSED;
    }

    private static Passage.Absent nearest(Draft draft, StorePath path) {
        int depth = draft.lookAbove(path);
        return new Passage.Absent(Objects.requireNonNull(draft.tree().find(path, depth)), depth);
    }
}
