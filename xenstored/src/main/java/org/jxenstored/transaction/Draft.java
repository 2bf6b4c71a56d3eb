package org.jxenstored.transaction;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;
import org.jxenstored.protocol.Value;
import org.jxenstored.store.Children;
import org.jxenstored.store.Generations;
import org.jxenstored.store.Node;
import org.jxenstored.store.Permissions;
import org.jxenstored.store.Tree;
import org.jxenstored.store.UseByDomain;
import org.jxenstored.watch.Change;

/**
 * A tree being worked on: what it began with, what it is now, and what that changes for the owners' use.
 *
 * <p>Knows no permissions and no quotas: whoever calls has asked for them.
 */
public final class Draft {
    /** Most that the copy of one level of a path puts aside, bytes of heap: arrays of 32 places and what holds them. */
    private static final int LEVEL = 640;

    /** What a node takes beside the bytes it counts for. */
    private static final int NODE = 128;

    private final Tree before;
    private final Generations generations;
    private final Recorder recorder;
    private @Nullable UseByDomain useChange;
    private Tree tree;
    private long putAside;
    private int steps;
    private @Nullable Overwrite overwrite;

    private Draft(Tree before, Generations generations, Recorder recorder) {
        this.before = before;
        this.tree = before;
        this.generations = generations;
        this.recorder = recorder;
    }

    /** A node that was there got another value, and kept all else. */
    public record Overwrite(StorePath path, Value before, Value value) {}

    /** A draft for one request outside transactions. */
    public static Draft forRequest(Tree before, Generations generations) {
        return new Draft(before, generations, new RequestRecorder());
    }

    static Draft forTransaction(Tree before, Generations generations, AccessLog log) {
        return new Draft(before, generations, log);
    }

    /** The tree as it is now. */
    public Tree tree() {
        return tree;
    }

    /** The tree the draft began with. */
    public Tree before() {
        return before;
    }

    /** What was changed, if it was this alone; else null. */
    public @Nullable Overwrite onlyOverwrite() {
        return steps == 1 ? overwrite : null;
    }

    /** By how much each owner's use grew or shrank so far. */
    public UseByDomain useChange() {
        if (useChange == null) {
            useChange = new UseByDomain();
        }
        return useChange;
    }

    /** The node of this name, or null; noted as touched. */
    public @Nullable Node look(NodePath path) {
        recorder.looked(path);
        return tree.find(path);
    }

    /** How many names of a path that is not there lead to existing nodes; all above it are noted as touched. */
    public int lookAbove(StorePath path) {
        int depth = tree.existingDepth(path);
        recorder.lookedAbove(path, depth);
        return depth;
    }

    /** True if anything was changed. */
    public boolean isChanged() {
        return !tree.equals(before);
    }

    /**
     * Bytes of heap that belong to earlier trees only, at most: the copied levels, and what was replaced or removed. They are
     * free if nobody holds such a tree.
     */
    public long putAside() {
        return putAside;
    }

    /** The changes for the events, in the order they go out. */
    public List<Change> changes() {
        return recorder.changes(before, tree);
    }

    /** Gives an existing node another value. */
    public void setValue(StorePath path, Node node, Value value) {
        overwrite = new Overwrite(path, node.value(), value);
        replace(path, node, node.withValue(value, generations.next()));
    }

    /** Gives an existing node other permissions. */
    public void setPermissions(NodePath path, Node node, Permissions permissions) {
        replace(path, node, node.withPermissions(permissions, generations.next()));
    }

    private void replace(NodePath path, Node node, Node changed) {
        if (path instanceof StorePath inTree) {
            useChange().addNode(inTree.text().length(), node, -1);
            useChange().addNode(inTree.text().length(), changed, 1);
            putAside += (long) LEVEL * inTree.depth();
        }
        putAside += NODE + node.size();
        steps++;
        tree = tree.with(path, changed);
        recorder.written(path, node);
    }

    /**
     * Creates a node and every missing level above it (S-CREATE-1, S-CREATE-5).
     *
     * @param existing how many names of the path lead to existing nodes; less than its depth
     * @param permissions of every new node (S-CREATE-2)
     */
    public void create(StorePath path, int existing, Value value, Permissions permissions) {
        Node created = Node.leaf(value, permissions, generations.next());
        int keyLength = path.text().length();
        useChange().addNode(keyLength, created, 1);
        for (int level = path.depth() - 1; level > existing; level--) {
            Children only = Children.none().with(path.name(level), created);
            created = Node.leaf(Value.EMPTY, permissions, 0).withChildren(only, generations.next());
            keyLength -= path.name(level).length() + 1;
            useChange().addNode(keyLength, created, 1);
        }
        Node old = Objects.requireNonNull(tree.find(path, existing));
        replaceChildren(path, existing, old, old.children().with(path.name(existing), created));
        recorder.written(path, null);
    }

    /** Removes a node that is not the root, with all below it (S-RM-1). */
    public void remove(StorePath path, Node node) {
        int above = path.depth() - 1;
        Node parent = Objects.requireNonNull(tree.find(path, above));
        UseByDomain gone = new UseByDomain();
        gone.addSubtree(path, node, -1);
        useChange().add(gone);
        putAside += -gone.nodes() * (long) NODE - gone.bytes();
        replaceChildren(path, above, parent, parent.children().without(path.leaf()));
        recorder.removed(path, node, parent);
    }

    /** Gives the node of the first {@code depth} names of the path other children. */
    private void replaceChildren(StorePath path, int depth, Node node, Children children) {
        useChange()
                .add(
                        node.owner(),
                        0,
                        (long) children.namesSize() - node.children().namesSize());
        putAside += (long) LEVEL * (depth + 1);
        steps++;
        tree = tree.with(path, depth, node.withChildren(children, generations.next()));
    }
}
