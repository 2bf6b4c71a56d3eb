package org.jxenstored.engine;

import java.util.ArrayList;
import java.util.List;
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
    /** Bytes of paths and values worth a list; of more, some may have been given to the same node. */
    private static final int WORTH = 16 << 10;

    private final List<Overwrite> list = new ArrayList<>();
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
        bytes += only.path().text().length() + only.value().size();
        if (bytes <= WORTH) {
            list.add(only);
            reached = draft.tree();
        }
    }

    /** True if nothing else has been done to come to this tree. */
    @SuppressWarnings("ReferenceEquality") // as above
    boolean leadTo(Tree now) {
        return reached == now;
    }

    List<Overwrite> list() {
        return list;
    }

    /** From now on those that come after this tree. */
    void beginAt(Tree now) {
        list.clear();
        bytes = 0;
        reached = now;
    }
}
