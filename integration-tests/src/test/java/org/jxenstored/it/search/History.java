package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.List;

/** The model's store of now, and as it was after each thing that happened since the daemon was started. */
final class History {
    private final List<NaiveStore> moments = new ArrayList<>();
    private NaiveStore store = new NaiveStore();

    History() {
        happened();
    }

    /** The store of now. */
    NaiveStore store() {
        return store;
    }

    /** The store after so many things had happened. */
    NaiveStore at(int moment) {
        return moments.get(moment);
    }

    /** The number of the latest moment. */
    int now() {
        return moments.size() - 1;
    }

    /** The number of the moment after what happens now. */
    int next() {
        return moments.size();
    }

    /** One thing more happened; the store is as it left it. */
    void happened() {
        moments.add(store.copy());
    }

    /** From here on this is the store of now; what happened stays. */
    void assume(NaiveStore other) {
        store = other;
    }

    /** Nothing has happened yet, and this is the store. */
    void beginAnew(NaiveStore with) {
        moments.clear();
        store = with;
        happened();
    }
}
