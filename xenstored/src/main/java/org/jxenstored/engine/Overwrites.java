package org.jxenstored.engine;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.jxenstored.store.Tree;
import org.jxenstored.transaction.Draft;
import org.jxenstored.transaction.Draft.Overwrite;

/**
 * Values that nodes were given since the store was told of last, as long as these lead from the tree of then to that of now.
 *
 * <p>This is most of what daemons and guests do, and a list of it is made faster than two trees are compared. Each is noted
 * with the tree it came from and the one it led to: so if anything else was done in between, that shows.
 */
final class Overwrites {
    /** Bytes of paths and values worth a list; what is more is found by a comparison as fast. */
    private static final int WORTH = 64 << 10;

    /** Of so many nodes at most the table is kept for next time. */
    private static final int USUAL = 256;

    /** By path, as only the last value of a node counts. */
    private Map<String, Overwrite> last = new LinkedHashMap<>();

    private @Nullable Tree reached;
    private int bytes;

    /** What made a draft the store. */
    @SuppressWarnings("ReferenceEquality") // a tree is what it is because of how it was made
    void note(Draft draft) {
        if (draft.before() != reached) {
            return;
        }
        Overwrite only = draft.onlyOverwrite();
        if (only == null) {
            return;
        }
        if (!only.value().equals(only.before())) {
            String path = only.path().text();
            Overwrite earlier = last.put(path, only);
            bytes += only.value().size()
                    + (earlier == null ? path.length() : -earlier.value().size());
        }
        reached = bytes <= WORTH ? draft.tree() : null;
    }

    /** True if nothing else has been done to come to this tree. */
    @SuppressWarnings("ReferenceEquality") // as above
    boolean leadTo(Tree now) {
        return reached == now;
    }

    /** The last of each node. */
    Collection<Overwrite> list() {
        return last.values();
    }

    /** From now on those that come after this tree. */
    void beginAt(Tree now) {
        if (last.size() > USUAL) {
            last = new LinkedHashMap<>();
        } else {
            last.clear();
        }
        bytes = 0;
        reached = now;
    }
}
