package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random lives of whole machines.
 *
 * <p>{@code -Djxenstored.lives=N} plays N of them instead of {@value #USUAL}, and a tenth of that of the more costly
 * kinds; {@code -Djxenstored.lives.first=SEED} begins with another seed.
 */
final class RandomLifeTest {
    private static final long USUAL = 1000;
    private static final long FIRST = Long.getLong("jxenstored.lives.first", 1);
    private static final long COUNT = Long.getLong("jxenstored.lives", USUAL);

    private static final DefectLog DEFECTS = new DefectLog();

    /** Begins the life of a seed. */
    @FunctionalInterface
    private interface Birth {
        Life of(long seed) throws Exception;
    }

    @BeforeAll
    static void listen() {
        DEFECTS.begin();
    }

    @AfterAll
    static void listenNoMore() {
        DEFECTS.end();
    }

    @Test
    @DisplayName(
            "L-REUSE-1, L-RACE-1, L-RACE-2, L-RACE-3, L-RACE-5, L-T-6, L-T-9, L-T-10, L-T-11: whatever happens, rights die with their domain, every end is"
                    + " told once, and nothing is left over")
    void randomLives() throws Exception {
        play("randomLives", COUNT, seed -> new RandomLife(seed, true));
    }

    @Test
    @DisplayName("L-RACE-6: so it is without unique ids, as long as a domid rests between two owners")
    void randomLivesOnAnOlderXen() throws Exception {
        play("randomLivesOnAnOlderXen", Math.max(1, COUNT / 10), seed -> new RandomLife(seed, false));
    }

    @Test
    @DisplayName(
            "lifecycle.md 12: so it is with a toolstack, devices, driver domains that do not let go, and device models")
    void randomLivesWithAToolstack() throws Exception {
        play("randomLivesWithAToolstack", Math.max(1, COUNT / 10), RandomToolstackLife::new);
    }

    @Test
    @DisplayName("The same seed gives the same life, step by step, so the seed of a failure repeats it")
    void theSeedDecidesEverything() throws Exception {
        for (long seed = FIRST; seed < FIRST + 3; seed++) {
            isRepeatable(seed, each -> new RandomLife(each, true));
            isRepeatable(seed, each -> new RandomLife(each, false));
            isRepeatable(seed, RandomToolstackLife::new);
        }
    }

    private static void isRepeatable(long seed, Birth birth) throws Exception {
        Life life = birth.of(seed);
        life.live();
        Life again = birth.of(seed);
        again.live();
        assertThat(again.history()).isEqualTo(life.history());
        assertThat(again.stepsTaken()).isEqualTo(life.stepsTaken());
    }

    private static void play(String test, long count, Birth birth) throws Exception {
        long events = 0;
        for (long seed = FIRST; seed < FIRST + count; seed++) {
            Life life = birth.of(seed);
            try {
                life.live();
                assertThat(DEFECTS.taken()).as("what was logged as errors").isEmpty();
            } catch (Exception | AssertionError failure) {
                throw new AssertionError(explain(test, seed, life, failure), failure);
            }
            events += life.eventsJudged();
        }
        assertThat(events).as("events that were judged").isGreaterThan(count);
    }

    private static String explain(String test, long seed, Life life, Throwable failure) {
        return "the life with seed " + seed + " fails: " + failure.getMessage()
                + "\nTo repeat it: mvn -pl integration-tests -am test -Dtest=RandomLifeTest#" + test
                + " -Dsurefire.failIfNoSpecifiedTests=false -Djxenstored.lives=1 -Djxenstored.lives.first=" + seed
                + "\nWhat was done last:\n  " + String.join("\n  ", life.history());
    }
}
