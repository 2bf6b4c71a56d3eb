package org.jxenstored.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Short names of nodes as they are cut out of paths, equal ones as one object as far as a table of bounded size remembers
 * them: a path may have a thousand levels, and whoever holds it holds all its names.
 *
 * <p>Implementation note: each name has one place, given by its hash; who comes later takes it. Threads may overwrite each
 * other's, which costs one object.
 */
final class ShortNames {
    /** Longer ones are not looked up: a path has room for few of them. */
    private static final int LONGEST = 8;

    private static final int PLACES = 4096;
    private static final int SPREAD = 0x9E3779B9;
    private static final @Nullable String[] KNOWN = new String[PLACES];

    private ShortNames() {}

    /** The characters from {@code from} (included) to {@code to} (excluded). */
    static String of(String path, int from, int to) {
        if (to - from > LONGEST) {
            return path.substring(from, to);
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + path.charAt(i);
        }
        int place = (hash * SPREAD) >>> Integer.numberOfLeadingZeros(PLACES - 1);
        String known = KNOWN[place];
        if (known != null && known.length() == to - from && path.startsWith(known, from)) {
            return known;
        }
        String name = path.substring(from, to);
        KNOWN[place] = name;
        return name;
    }
}
