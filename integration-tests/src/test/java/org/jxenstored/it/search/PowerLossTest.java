package org.jxenstored.it.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Machines that lose their power, with all of the disk that nobody waited for in doubt.
 *
 * <p>{@code -Djxenstored.seed=N} plays that of seed N.
 */
final class PowerLossTest {
    private static final int USUAL = 300;

    @Test
    @DisplayName("with --journal-sync all that was answered is there after a loss of power, whenever it comes")
    void whatWasAnsweredOutlivesTheMachine() throws Exception {
        Long single = Long.getLong("jxenstored.seed");
        long first = single == null ? 1 : single;
        long last = single == null ? USUAL : single;
        int losses = 0;
        try (QuietLog log = new QuietLog()) {
            for (long seed = first; seed <= last; seed++) {
                losses += play(seed);
                assertThat(log.taken()).as("errors in the log of seed %d", seed).isEmpty();
            }
        }
        assertThat(losses).as("losses of power").isGreaterThan(single == null ? USUAL : 0);
    }

    private static int play(long seed) {
        try {
            return new PowerLoss(seed).play();
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + " (-Djxenstored.seed=" + seed + "): " + e.getMessage(), e);
        }
    }
}
