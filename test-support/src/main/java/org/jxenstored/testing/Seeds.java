package org.jxenstored.testing;

import java.util.Random;
import java.util.function.Consumer;

/** Runs something random several times, and names the seed of a run that fails. */
public final class Seeds {
    /** A number to try first, from {@code -Djxenstored.seed}; each build may try others. */
    private static final long FIRST = Long.getLong("jxenstored.seed", System.nanoTime());

    private Seeds() {}

    /** Runs with this many seeds; to repeat a failure, set {@code jxenstored.seed} to the one it names. */
    public static void forEach(int runs, Consumer<Random> test) {
        for (long seed = FIRST; seed < FIRST + runs; seed++) {
            try {
                test.accept(new Random(seed));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("with -Djxenstored.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
    }
}
