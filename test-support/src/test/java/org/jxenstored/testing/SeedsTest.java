package org.jxenstored.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Of what is random, one must be able to have the same again. */
class SeedsTest {
    private static final Pattern NAMED = Pattern.compile("-Djxenstored\\.seed=(-?\\d+): too much");

    @Test
    void eachRunIsAnotherOne() {
        Set<Long> seen = new HashSet<>();
        Seeds.forEach(20, random -> seen.add(random.nextLong()));
        assertThat(seen).hasSize(20);
    }

    @Test
    void aRunThatFailsIsNamedByItsSeed() {
        List<Long> drawn = new ArrayList<>();
        Throwable failure = catchThrowable(() -> Seeds.forEach(3, random -> {
            drawn.add(random.nextLong());
            if (drawn.size() == 2) {
                throw new IllegalStateException("too much");
            }
        }));
        assertThat(failure).isInstanceOf(AssertionError.class).hasRootCauseMessage("too much");
        Matcher named = NAMED.matcher(failure.getMessage());
        assertThat(named.find()).as(failure.getMessage()).isTrue();
        assertThat(drawn).hasSize(2).endsWith(new Random(Long.parseLong(named.group(1))).nextLong());
    }
}
