package org.jxenstored.benchmarks.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.MessageType;

/** Sequences as text, and made shorter. */
final class ScriptTest {
    private static final long SEED = 5;

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        Generator generator = new Generator(new SplittableRandom(SEED), true);
        List<Step> steps = new ArrayList<>(generator.prelude());
        IntStream.range(0, 3000).forEach(_ -> steps.add(generator.next(new Progress(), _ -> true)));
        assertThat(Script.read(Script.text(steps).lines().toList()))
                .as("seed %d", SEED)
                .isEqualTo(steps);
    }

    @Test
    void remarksAndEmptyLinesSayNothing() {
        assertThat(Script.read(List.of("# nothing", "", "s1 reopen"))).containsExactly(new Step.Reopen(Who.S1));
        assertThatThrownBy(() -> Script.read(List.of("x1 reopen"))).hasMessageContaining("x1");
    }

    @Test
    void onlyWhatADifferenceNeedsIsLeft() throws IOException {
        List<Step> steps = IntStream.range(0, 100)
                .mapToObj(i -> (Step) Step.Call.of(Who.S0, MessageType.WRITE, TransactionRef.NONE, "/t\0" + i))
                .toList();
        List<Step> needed = List.of(steps.get(17), steps.get(80));
        assertThat(new Shrinker(some -> some.containsAll(needed)).shrink(steps)).isEqualTo(needed);
    }
}
