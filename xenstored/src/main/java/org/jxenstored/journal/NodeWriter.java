package org.jxenstored.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import org.jxenstored.store.Grant;
import org.jxenstored.store.Node;
import org.jxenstored.store.Tree;

/**
 * Writes the nodes of a store: parents before children, children in their order, the special nodes last (S-STR-3, S-STR-4).
 * The walk keeps only the way from the root, however many children a node has.
 */
final class NodeWriter {
    private static final int NODE_SIZE = 16;
    private static final int GRANT_SIZE = 4;

    private final StreamWriter stream;
    private final Deque<Level> way = new ArrayDeque<>();

    /** Children that still have to be written. */
    private record Level(String prefix, Iterator<Map.Entry<String, Node>> left) {}

    private NodeWriter(StreamWriter stream) {
        this.stream = stream;
    }

    static void write(Tree tree, StreamWriter stream) throws IOException {
        NodeWriter writer = new NodeWriter(stream);
        writer.node("/", tree.root());
        writer.below("/", tree.root());
        writer.node("@releaseDomain", tree.releaseDomain());
        writer.node("@introduceDomain", tree.introduceDomain());
    }

    private void below(String prefix, Node top) throws IOException {
        way.push(new Level(prefix, top.children().iterator()));
        while (!way.isEmpty()) {
            Level level = way.element();
            if (!level.left.hasNext()) {
                way.pop();
                continue;
            }
            Map.Entry<String, Node> child = level.left.next();
            String path = level.prefix + child.getKey();
            node(path, child.getValue());
            if (!child.getValue().children().isEmpty()) {
                way.push(new Level(path + "/", child.getValue().children().iterator()));
            }
        }
    }

    private void node(String path, Node node) throws IOException {
        int permissions = node.permissions().size();
        int size = NODE_SIZE
                + GRANT_SIZE * permissions
                + path.length()
                + 1
                + node.value().size();
        stream.begin(MigrationStream.NODE_DATA, size);
        stream.putInt(0);
        stream.putInt(0);
        stream.putShort(path.length() + 1);
        stream.putShort(node.value().size());
        stream.putShort(0);
        stream.putShort(permissions);
        for (Grant grant : node.permissions()) {
            stream.putByte(grant.permission().access().letter());
            stream.putByte(grant.stale() ? MigrationStream.STALE : 0);
            stream.putShort(grant.domid());
        }
        stream.putText(path);
        stream.put(node.value());
        stream.end();
    }
}
