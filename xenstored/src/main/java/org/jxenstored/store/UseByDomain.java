package org.jxenstored.store;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jxenstored.protocol.StorePath;

/** How many nodes, and how many bytes of them, belong to each owner; or by how much that changes. */
public final class UseByDomain {

    /**
     * The share of one domain.
     *
     * @param nodes nodes owned
     * @param bytes their sizes with their keys (S-NODE-5)
     */
    public record Use(int nodes, long bytes) {
        public static final Use NOTHING = new Use(0, 0);

        Use plus(int moreNodes, long moreBytes) {
            return new Use(nodes + moreNodes, bytes + moreBytes);
        }
    }

    private final Map<Integer, Use> uses = new HashMap<>();

    /** What belongs to this domain. */
    public Use of(int domid) {
        return uses.getOrDefault(domid, Use.NOTHING);
    }

    /** Books more, or less, on an owner. */
    public void add(int domid, int nodes, long bytes) {
        Use sum = of(domid).plus(nodes, bytes);
        if (sum.nodes() == 0 && sum.bytes() == 0) {
            uses.remove(domid);
        } else {
            uses.put(domid, sum);
        }
    }

    /** Books all of a change. */
    public void add(UseByDomain change) {
        change.forEach((domid, use) -> add(domid, use.nodes(), use.bytes()));
    }

    /** Books a node, with {@code sign} 1, or takes it off the books, with -1; not what is below it. */
    public void addNode(int pathLength, Node node, int sign) {
        add(node.owner(), sign, sign * ((long) node.size() + pathLength));
    }

    /** As {@link #addNode} for the node and all below it. */
    public void addSubtree(StorePath path, Node node, int sign) {
        addSubtree(path.isRoot() ? 0 : path.text().length(), node, sign);
    }

    private void addSubtree(int pathLength, Node node, int sign) {
        addNode(Math.max(pathLength, 1), node, sign);
        node.children()
                .forEach(child -> addSubtree(pathLength + 1 + child.getKey().length(), child.getValue(), sign));
    }

    /** Bytes of all owners whose share grew. */
    public long bytesAdded() {
        long sum = 0;
        for (Use use : uses.values()) {
            sum += Math.max(use.bytes(), 0);
        }
        return sum;
    }

    /** All domains with a share. */
    public void forEach(BiConsumer<Integer, Use> action) {
        uses.forEach(action);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UseByDomain use && uses.equals(use.uses);
    }

    @Override
    public int hashCode() {
        return uses.hashCode();
    }

    @Override
    public String toString() {
        return uses.toString();
    }
}
