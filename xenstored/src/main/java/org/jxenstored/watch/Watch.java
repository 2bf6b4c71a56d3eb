package org.jxenstored.watch;

import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.StorePath;

/**
 * A watch as registered. Its identity is the object; path and token are what a client names it by.
 *
 * @param watcher who is told
 * @param order number of registration
 * @param path what is watched, absolute
 * @param token comes back with each event
 * @param depth how many levels below the path count, or {@link #ANY_DEPTH}
 * @param relative true if the client gave the path relative to its home, and sees events so (S-REL-1)
 */
public record Watch(Watcher watcher, long order, NodePath path, String token, int depth, boolean relative) {
    /** Registered without a depth. */
    public static final int ANY_DEPTH = -1;

    /** True if an event this many levels below the path is wanted (S-DEPTH-1). */
    boolean reaches(int levelsBelow) {
        return depth == ANY_DEPTH || levelsBelow <= depth;
    }

    /** The path of an event as the client sees it: without its home if it registered so (P-EVENT-1). */
    public String shown(String eventPath, String home) {
        return relative ? eventPath.substring(home.length() + 1) : eventPath;
    }

    /** Bytes it counts for (S-QUOTA-7). */
    public int size() {
        return path.text().length() + token.length();
    }

    /** Number of names in the path; 0 for special names. */
    int level() {
        return path instanceof StorePath inTree ? inTree.depth() : 0;
    }
}
