package org.jxenstored.benchmarks.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Leaves out of a sequence whatever is not needed for a difference. */
final class Shrinker {
    private static final int ATTEMPTS = 600;

    private final Attempt attempt;

    /** Whether a sequence still shows a difference. */
    @FunctionalInterface
    interface Attempt {
        boolean fails(List<Step> steps) throws IOException;
    }

    Shrinker(Attempt attempt) {
        this.attempt = attempt;
    }

    /** Pieces of half its length first, then ever smaller ones, until no single step can be left out. */
    List<Step> shrink(List<Step> failing) throws IOException {
        List<Step> steps = failing;
        int attempts = 0;
        int piece = Math.max(1, steps.size() / 2);
        while (attempts < ATTEMPTS) {
            boolean shorter = false;
            for (int from = 0; from < steps.size() && steps.size() > 1 && attempts < ATTEMPTS; ) {
                List<Step> without = new ArrayList<>(steps.subList(0, from));
                without.addAll(steps.subList(Math.min(steps.size(), from + piece), steps.size()));
                attempts++;
                if (!without.isEmpty() && attempt.fails(without)) {
                    steps = without;
                    shorter = true;
                } else {
                    from += piece;
                }
            }
            if (piece == 1 && !shorter) {
                return steps;
            }
            piece = Math.max(1, piece / 2);
        }
        return steps;
    }
}
