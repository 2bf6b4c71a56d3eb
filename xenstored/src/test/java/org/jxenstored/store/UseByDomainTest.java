package org.jxenstored.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.jxenstored.store.UseByDomain.Use;

class UseByDomainTest {

    @RepeatedTest(20)
    void theSharesAreTheSumsOfWhatWasBooked(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        UseByDomain use = new UseByDomain();
        Map<Integer, Use> expected = new HashMap<>();
        for (int step = 0; step < 500; step++) {
            int domid = random.nextInt(4);
            int nodes = random.nextInt(-1, 2);
            use.add(domid, nodes, 10L * nodes);
            expected.merge(domid, new Use(nodes, 10L * nodes), (a, b) -> a.plus(b.nodes(), b.bytes()));
            expected.values().removeIf(Use.NOTHING::equals);

            Map<Integer, Use> found = new HashMap<>();
            use.forEach((owner, share) ->
                    assertThat(found.put(owner, share)).as("%d twice", owner).isNull());
            assertThat(found)
                    .as("seed %d, step %d", repetition.getCurrentRepetition(), step)
                    .isEqualTo(expected);
            assertThat(use.of(domid)).isEqualTo(expected.getOrDefault(domid, Use.NOTHING));
            assertThat(use.nodes())
                    .isEqualTo(expected.values().stream().mapToInt(Use::nodes).sum());
            assertThat(use.bytesAdded())
                    .isEqualTo(expected.values().stream()
                            .mapToLong(share -> Math.max(share.bytes(), 0))
                            .sum());
        }
        UseByDomain sameInAnotherOrder = new UseByDomain();
        for (int domid = 3; domid >= 0; domid--) {
            Use share = use.of(domid);
            sameInAnotherOrder.add(domid, share.nodes(), share.bytes());
        }
        assertThat(sameInAnotherOrder).isEqualTo(use).hasSameHashCodeAs(use).hasToString(use.toString());
    }
}
