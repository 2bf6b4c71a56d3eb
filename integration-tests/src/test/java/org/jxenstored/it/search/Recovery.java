package org.jxenstored.it.search;

import java.util.List;
import java.util.function.IntPredicate;
import org.jxenstored.engine.Engine;

/** Has the model go on from where a new daemon goes on, after another one was killed. */
final class Recovery {
    private final History history;
    private final Sessions sessions;
    private final NaiveServer model;
    private final IntPredicate lives;

    /** @param lives which domains exist and are not dead */
    Recovery(History history, Sessions sessions, NaiveServer model, IntPredicate lives) {
        this.history = history;
        this.sessions = sessions;
        this.model = model;
        this.lives = lives;
    }

    /**
     * Finds the moment that the new daemon goes on from, and goes on from there.
     *
     * @param told the latest moment that somebody was told of: it must not be forgotten
     * @throws AssertionError if what the new one has is nothing that there was since
     */
    void goOn(Engine engine, int told) {
        int certain = -1;
        int possible = -1;
        for (int moment = told; moment <= history.now(); moment++) {
            if (Comparison.difference(withoutTheDead(moment), engine).isEmpty()) {
                certain = certain < 0 ? moment : certain;
                possible = moment;
            }
        }
        if (certain < 0) {
            throw new AssertionError("what is there after the return is nothing that was there since moment " + told
                    + " of " + history.now() + ", which was told of; compared with the last: "
                    + Comparison.difference(withoutTheDead(history.now()), engine)
                            .orElse("the same"));
        }
        goOn(certain, possible);
    }

    private NaiveStore withoutTheDead(int moment) {
        NaiveStore store = history.at(moment).copy();
        dead(store).forEach(store::forget);
        return store;
    }

    private List<Integer> dead(NaiveStore store) {
        return store.domains().keySet().stream()
                .filter(domid -> !lives.test(domid))
                .toList();
    }

    /** The new one has what there was at the first of these moments, or at the last; it cannot be told which. */
    private void goOn(int certain, int possible) {
        model.forgetRequest();
        NaiveStore first = history.at(certain).copy();
        NaiveStore last = history.at(possible).copy();
        history.beginAnew(last);
        sessions.survive(certain, possible, lives);
        List<Integer> deadAtFirst = dead(first);
        List<Integer> deadAtLast = dead(last);
        endInDoubt(first, without(deadAtFirst, deadAtLast));
        endInDoubt(last, without(deadAtLast, deadAtFirst));
        deadAtFirst.forEach(model::ends);
    }

    private static List<Integer> without(List<Integer> all, List<Integer> others) {
        return all.stream().filter(domid -> !others.contains(domid)).toList();
    }

    /** These were ended by the killed one, or are by the new one, which then tells of it too; or it never knew them. */
    private void endInDoubt(NaiveStore from, List<Integer> dead) {
        history.assume(from);
        sessions.beginDoubt();
        dead.forEach(model::ends);
        sessions.endDoubt();
        history.beginAnew(from);
    }
}
