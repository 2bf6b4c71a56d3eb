package org.jxenstored.it.life;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Decides everything in a random life. */
final class Chance {
    private final SplittableRandom dice;

    Chance(long seed) {
        dice = new SplittableRandom(seed);
    }

    /** 0 to one less than this. */
    int outOf(int bound) {
        return dice.nextInt(bound);
    }

    <T> T oneOf(List<T> all) {
        return all.get(dice.nextInt(all.size()));
    }

    /** One of those that will do, if there is any. */
    <T> Optional<T> oneOf(List<T> all, Predicate<T> suited) {
        List<T> some = all.stream().filter(suited).toList();
        return some.isEmpty() ? Optional.empty() : Optional.of(oneOf(some));
    }
}
