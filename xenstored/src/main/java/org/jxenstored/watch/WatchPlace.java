package org.jxenstored.watch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One path in the trie of watches: those on it, and the paths below.
 *
 * <p>Small while there is little: guests may watch paths of a thousand levels, each of which has one of these.
 */
final class WatchPlace {
    private @Nullable List<Watch> watches;
    private @Nullable String onlyName;
    private @Nullable WatchPlace only;
    private @Nullable Map<String, WatchPlace> many;

    /** Those on this very path; a copy. */
    List<Watch> watches() {
        return watches == null ? List.of() : new ArrayList<>(watches);
    }

    /** Adds those that want an event this many levels below. */
    void collect(int levelsBelow, List<Watch> found) {
        if (watches != null) {
            for (Watch watch : watches) {
                if (watch.reaches(levelsBelow)) {
                    found.add(watch);
                }
            }
        }
    }

    boolean isWatched() {
        return watches != null;
    }

    void add(Watch watch) {
        if (watches == null) {
            watches = new ArrayList<>(1);
        }
        // In the order of delivery, so that there is next to nothing to sort with each change.
        int place = Collections.binarySearch(watches, watch, Watches.ORDER_OF_DELIVERY);
        watches.add(place < 0 ? -place - 1 : place, watch);
    }

    void remove(Watch watch) {
        if (watches != null && watches.remove(watch) && watches.isEmpty()) {
            watches = null;
        }
    }

    boolean isEmpty() {
        return watches == null && !hasBelow();
    }

    boolean hasBelow() {
        return only != null || many != null;
    }

    @Nullable
    WatchPlace below(String name) {
        if (many != null) {
            return many.get(name);
        }
        return name.equals(onlyName) ? only : null;
    }

    /** The place of this name below, made if it is not there. */
    WatchPlace makeBelow(String name) {
        WatchPlace present = below(name);
        if (present != null) {
            return present;
        }
        WatchPlace made = new WatchPlace();
        if (!hasBelow()) {
            onlyName = name;
            only = made;
            return made;
        }
        if (many == null) {
            many = new HashMap<>();
            if (onlyName != null && only != null) {
                many.put(onlyName, only);
            }
            onlyName = null;
            only = null;
        }
        many.put(name, made);
        return made;
    }

    void dropBelow(String name) {
        if (many != null) {
            many.remove(name);
            if (many.isEmpty()) {
                many = null;
            }
        } else if (name.equals(onlyName)) {
            onlyName = null;
            only = null;
        }
    }

    Collection<WatchPlace> allBelow() {
        if (many != null) {
            return many.values();
        }
        return only == null ? List.of() : List.of(only);
    }
}
