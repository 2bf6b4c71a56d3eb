package org.jxenstored.transaction;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;
import org.jxenstored.watch.Change;

/** The changes of one request outside transactions, in the order it made them (S-RM-2). */
final class RequestRecorder implements Recorder {

    private sealed interface Deed {
        record Written(NodePath path, @Nullable Node before) implements Deed {}

        record Removed(StorePath path, Node node, Node parent) implements Deed {}
    }

    private List<Deed> deeds = List.of();

    @Override
    public void looked(NodePath path) {}

    @Override
    public void lookedAbove(StorePath path, int depth) {}

    @Override
    public void written(NodePath path, @Nullable Node before) {
        note(new Deed.Written(path, before));
    }

    @Override
    public void removed(StorePath path, Node node, Node parent) {
        note(new Deed.Removed(path, node, parent));
    }

    /** Nearly always there is one, which needs no list that can grow. */
    private void note(Deed deed) {
        if (deeds.isEmpty()) {
            deeds = List.of(deed);
            return;
        }
        if (deeds.size() == 1) {
            deeds = new ArrayList<>(deeds);
        }
        deeds.add(deed);
    }

    @Override
    public List<Change> changes(Tree before, Tree after) {
        List<Change> changes = new ArrayList<>(deeds.size());
        for (Deed deed : deeds) {
            switch (deed) {
                case Deed.Written(NodePath path, Node old) ->
                    changes.add(new Change.Touched(path, false, () -> Visibility.of(path, old, after)));
                case Deed.Removed(StorePath path, Node node, Node parent) -> {
                    changes.add(new Change.DescendantsRemoved(path, node, true, _ -> false));
                    changes.add(new Change.Touched(path, false, () -> List.of(node, parent)));
                }
            }
        }
        return changes;
    }
}
