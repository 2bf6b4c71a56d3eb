package org.jxenstored.engine;

import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.protocol.Value;

/**
 * Reads paths, and remembers those it read lately: clients ask for the same few again and again, and a path that is
 * known costs a look at its bytes and no object.
 *
 * <p>Implementation note: each path has one place, given by its hash; who comes later takes it. So what is kept is
 * bounded, about 1 MiB for paths as they are in use, whatever clients send.
 */
final class Paths {
    private static final int PLACES = 2048;

    /** Longer paths are not kept, bytes; a guest may send many of thousands. */
    private static final int LONGEST = 128;

    /** In the place of the domid for paths that mean the same for everybody. */
    private static final int ANYBODY = -1;

    /** A path as it was given, and by whom if that matters. */
    private record Known(int domid, String given, NodePath path) {

        boolean isFor(int asker, Value payload, int from, int to) {
            if (domid != asker || given.length() != to - from) {
                return false;
            }
            for (int i = 0; i < given.length(); i++) {
                if (given.charAt(i) != (payload.at(from + i) & 0xff)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final @Nullable Known[] places = new Known[PLACES];

    /**
     * The path in the bytes from {@code from} (included) to {@code to} (excluded), as {@link NodePath#parse} reads it
     * for this domain; null if it is malformed.
     */
    @Nullable
    NodePath read(Value payload, int from, int to, int domid) {
        if (to - from > LONGEST) {
            return parse(payload.text(from, to), domid);
        }
        boolean absolute = to > from && (payload.at(from) == '/' || payload.at(from) == '@');
        int asker = absolute ? ANYBODY : domid;
        int place = place(asker, payload, from, to);
        Known known = places[place];
        if (known != null && known.isFor(asker, payload, from, to)) {
            return known.path;
        }
        String given = payload.text(from, to);
        NodePath path = parse(given, domid);
        if (path != null) {
            places[place] = new Known(asker, given, path);
        }
        return path;
    }

    private static @Nullable NodePath parse(String given, int domid) {
        return NodePath.parse(given, NodePath.homeOf(domid)).orElse(null);
    }

    private static int place(int asker, Value payload, int from, int to) {
        int hash = asker;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + payload.at(i);
        }
        return (hash ^ (hash >>> 11) ^ (hash >>> 22)) & (PLACES - 1);
    }
}
