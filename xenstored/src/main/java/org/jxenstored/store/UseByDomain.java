package org.jxenstored.store;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jxenstored.protocol.StorePath;

/**
 * How many nodes, and how many bytes of them, belong to each owner; or by how much that changes.
 *
 * <p>Implementation note: nearly every request changes the share of one owner, so the first one stands in fields.
 */
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

    /** Is shown the share of each domain that has one. */
    @FunctionalInterface
    public interface Visitor {
        void visit(int domid, Use use);
    }

    private int first;
    private int nodesOfFirst;
    private long bytesOfFirst;
    private Map<Integer, Use> others = Map.of();

    /** What belongs to this domain. */
    public Use of(int domid) {
        return domid == first && firstHasAny()
                ? new Use(nodesOfFirst, bytesOfFirst)
                : others.getOrDefault(domid, Use.NOTHING);
    }

    private boolean firstHasAny() {
        return nodesOfFirst != 0 || bytesOfFirst != 0;
    }

    /** Books more, or less, on an owner. */
    public void add(int domid, int nodes, long bytes) {
        boolean isAmongOthers = !others.isEmpty() && others.containsKey(domid);
        if (!isAmongOthers && !firstHasAny()) {
            first = domid;
        }
        if (!isAmongOthers && domid == first) {
            nodesOfFirst += nodes;
            bytesOfFirst += bytes;
        } else {
            addToOthers(domid, nodes, bytes);
        }
    }

    private void addToOthers(int domid, int nodes, long bytes) {
        if (others.isEmpty()) {
            others = new HashMap<>();
        }
        Use sum = others.getOrDefault(domid, Use.NOTHING).plus(nodes, bytes);
        if (sum.nodes() == 0 && sum.bytes() == 0) {
            others.remove(domid);
        } else {
            others.put(domid, sum);
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
        addNode(path.text().length(), node, sign);
        if (!node.children().isEmpty()) {
            addDescendants(path.isRoot() ? 0 : path.text().length(), node, sign);
        }
    }

    /** With a stack of its own: guests decide how deep a tree gets. */
    private void addDescendants(int pathLength, Node node, int sign) {
        Deque<Parentage> open = new ArrayDeque<>();
        open.push(new Parentage(pathLength, node));
        while (!open.isEmpty()) {
            Parentage at = open.pop();
            for (Map.Entry<String, Node> child : at.node.children()) {
                int length = at.pathLength + 1 + child.getKey().length();
                addNode(length, child.getValue(), sign);
                if (!child.getValue().children().isEmpty()) {
                    open.push(new Parentage(length, child.getValue()));
                }
            }
        }
    }

    /** A node with children that are still to be booked. */
    private record Parentage(int pathLength, Node node) {}

    /** Nodes of all owners together. */
    public int nodes() {
        int sum = nodesOfFirst;
        for (Use use : others.values()) {
            sum += use.nodes();
        }
        return sum;
    }

    /** Bytes of all owners together. */
    public long bytes() {
        long sum = bytesOfFirst;
        for (Use use : others.values()) {
            sum += use.bytes();
        }
        return sum;
    }

    /** Bytes of all owners whose share grew. */
    public long bytesAdded() {
        long sum = Math.max(bytesOfFirst, 0);
        for (Use use : others.values()) {
            sum += Math.max(use.bytes(), 0);
        }
        return sum;
    }

    /** All domains with a share. */
    public void forEach(Visitor visitor) {
        if (firstHasAny()) {
            visitor.visit(first, new Use(nodesOfFirst, bytesOfFirst));
        }
        if (!others.isEmpty()) {
            others.forEach(visitor::visit);
        }
    }

    private Map<Integer, Use> all() {
        Map<Integer, Use> all = new HashMap<>();
        forEach(all::put);
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UseByDomain use && all().equals(use.all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return all().toString();
    }
}
