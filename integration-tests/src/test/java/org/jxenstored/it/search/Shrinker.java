package org.jxenstored.it.search;

import java.util.Optional;

/** Makes a script that fails as short as it can: it leaves out what is not needed for a failure. */
final class Shrinker {
    /** Plays, beyond which what there is is good enough. */
    private static final int PLAYS_MAX = 2000;

    private int plays;

    /** A script that fails too, most likely in the same way. */
    Script shrink(Script failing) throws Exception {
        Script shortest = cutTail(failing);
        for (int part = Math.max(1, shortest.deeds().size() / 2); part > 0; part = part / 2) {
            shortest = withoutParts(shortest, part);
        }
        for (int before = Integer.MAX_VALUE; shortest.deeds().size() < before && plays < PLAYS_MAX; ) {
            before = shortest.deeds().size();
            shortest = withoutParts(shortest, 1);
        }
        return shortest;
    }

    private Script cutTail(Script script) throws Exception {
        Optional<Script.Failure> failure = script.play().failure();
        int used = failure.map(found -> found.deed() + 1).orElse(Integer.MAX_VALUE);
        return used < script.deeds().size()
                ? script.without(used, script.deeds().size())
                : script;
    }

    private Script withoutParts(Script script, int part) throws Exception {
        Script shortest = script;
        for (int from = shortest.deeds().size() - part; from >= 0 && plays < PLAYS_MAX; from -= part) {
            int end = Math.min(from + part, shortest.deeds().size());
            Script candidate = shortest.without(from, end);
            plays++;
            if (candidate.play().failure().isPresent()) {
                shortest = candidate;
            }
        }
        return shortest;
    }
}
