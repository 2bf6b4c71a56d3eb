package org.jxenstored.it.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Whole machines that do what chance decides, with daemons that are killed, compared with a naive model.
 *
 * <p>{@code -Djxenstored.seed=N} plays one script, that of seed N; {@code -Djxenstored.search=N} plays N of them instead
 * of {@value #USUAL}. {@code benchmarks/search} goes on for longer.
 */
final class SearchTest {
    private static final long USUAL = 2000;

    @Test
    @DisplayName(
            "every answer and every event is that of a serial history, and of it no daemon that is killed loses or repeats anything")
    void everythingIsExplainedByOneHistory() throws Exception {
        Long single = Long.getLong("jxenstored.seed");
        long first = single == null ? 1 : single;
        long count = single == null ? Long.getLong("jxenstored.search", USUAL) : 1;
        Search search = new Search(System.out);
        search.play(first, count);
        assertThat(search.failures()).as(search.explained()).isZero();
        assertThat(search.kills()).as("daemons that were killed").isGreaterThanOrEqualTo(single == null ? count : 0);
    }

    @Test
    void theSameScriptIsPlayedTheSameWay() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(Scripts.of(seed)).isEqualTo(Scripts.of(seed));
            assertThat(Scripts.of(seed).play()).isEqualTo(Scripts.of(seed).play());
        }
    }
}
