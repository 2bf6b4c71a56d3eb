package org.jxenstored.client;

import java.time.Duration;

/**
 * Whether and how a client gets itself a new connection when the server closes the one it has, or dies.
 *
 * <p>What becomes of requests, transactions and watches is told in docs/client.md. Clients of an {@link
 * Endpoint.Ring} never reconnect: the server goes on with the same page.
 *
 * @param firstPause before the first attempt; each pause is about twice as long as the one before
 * @param longestPause bound of the pauses, at least {@code firstPause}, at most a day
 * @param patience how long after the loss attempts may begin; zero for no attempt at all
 * @param listener is told
 */
public record Reconnection(
        Duration firstPause, Duration longestPause, Duration patience, ReconnectionListener listener) {
    private static final ReconnectionListener NOBODY = new ReconnectionListener() {};
    private static final Reconnection STANDARD =
            new Reconnection(Duration.ofMillis(20), Duration.ofSeconds(1), Duration.ofMinutes(1), NOBODY);

    /**
     * Checks the durations.
     *
     * @throws IllegalArgumentException if one is out of its bounds
     */
    public Reconnection {
        if (!firstPause.isPositive()
                || longestPause.compareTo(firstPause) < 0
                || longestPause.compareTo(Duration.ofDays(1)) > 0
                || patience.isNegative()) {
            throw new IllegalArgumentException("a reconnection needs a first pause over 0, a longest pause between"
                    + " that and a day, and a patience of at least 0, not " + firstPause + ", " + longestPause + " and "
                    + patience);
        }
    }

    /** Pauses from 20 ms to one second, for a minute; nobody is told but the watch queues. */
    public static Reconnection standard() {
        return STANDARD;
    }

    /** A lost connection stays lost. */
    public static Reconnection never() {
        return STANDARD.withPatience(Duration.ZERO);
    }

    public Reconnection withPauses(Duration first, Duration longest) {
        return new Reconnection(first, longest, patience, listener);
    }

    /** With another patience; {@code ChronoUnit.FOREVER.getDuration()} never gives up. */
    public Reconnection withPatience(Duration other) {
        return new Reconnection(firstPause, longestPause, other, listener);
    }

    public Reconnection withListener(ReconnectionListener other) {
        return new Reconnection(firstPause, longestPause, patience, other);
    }

    boolean isNever() {
        return patience.isZero();
    }
}
