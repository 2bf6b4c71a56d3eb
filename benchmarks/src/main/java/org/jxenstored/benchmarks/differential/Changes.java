package org.jxenstored.benchmarks.differential;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The paths that were changed in a sequence, one after the other. */
final class Changes {
    private static final String EVERYTHING = "/";

    private final List<String> paths = new ArrayList<>();

    /** Nodes that are there for sure. */
    private final Set<String> present = new HashSet<>(Set.of("/", "/tool"));

    /** A node got another value or other permissions. */
    void change(String path) {
        paths.add(path);
    }

    /** A node was written or made, perhaps with those above it. */
    void make(String path) {
        paths.add(path);
        for (String node = path; present.add(node); node = parent(node)) {
            paths.add(node);
        }
    }

    void remove(String path) {
        paths.add(path);
        present.removeIf(node -> isAtOrBelow(node, path));
    }

    /** A domain came or went, with what it owned and what it may do. */
    void changeEverything() {
        paths.add(EVERYTHING);
        present.removeIf(node -> !node.equals(EVERYTHING));
    }

    /** The parent of the node that was changed last, whose children may have changed with it; the root if none was. */
    String lastPlace() {
        return paths.reversed().stream()
                .filter(path -> !path.equals(EVERYTHING))
                .findFirst()
                .map(Changes::parent)
                .orElse(EVERYTHING);
    }

    /** The node above; the root is above itself. */
    static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    /** Whether the node is there for sure. */
    boolean isPresent(String path) {
        return present.contains(path);
    }

    /** How many there were; what comes next has this number. */
    int count() {
        return paths.size();
    }

    /** Whether one of these, the first included, was of this node, of one above it or of one below it. */
    boolean between(int from, int to, String path) {
        return paths.subList(from, to).stream().anyMatch(changed -> isOneAbove(changed, path));
    }

    boolean since(int from, String path) {
        return between(from, count(), path);
    }

    /** Whether the two are the same or one of them is above the other. */
    static boolean isOneAbove(String one, String other) {
        return isAtOrBelow(one, other) || isAtOrBelow(other, one);
    }

    static boolean isAtOrBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root.equals("/") ? root : root + "/");
    }
}
