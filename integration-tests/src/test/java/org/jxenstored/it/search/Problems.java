package org.jxenstored.it.search;

import java.util.ArrayList;
import java.util.List;

/** What was found not to be as it must be; told at once to nobody, since the daemon would take it for its own defect. */
final class Problems {
    private final List<String> all = new ArrayList<>();

    void add(String problem) {
        all.add(problem);
    }

    void throwFirst() {
        if (!all.isEmpty()) {
            throw new AssertionError(all.getFirst());
        }
    }
}
