package org.jxenstored.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses that double up to a bound. Each is shortened by up to half, at random, so that the many clients of a server
 * that comes back do not all come at once.
 */
final class Backoff {
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    Duration next() {
        Duration pause = next;
        Duration twice = pause.multipliedBy(2);
        next = twice.compareTo(longest) < 0 ? twice : longest;
        long half = pause.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(half + 1));
    }
}
