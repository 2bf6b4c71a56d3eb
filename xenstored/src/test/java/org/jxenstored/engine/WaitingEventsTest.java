package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.jxenstored.protocol.Value;

class WaitingEventsTest {

    @RepeatedTest(20)
    @DisplayName("S-DUP-1: an event that waits is found, however many wait, and one that waits no longer is not")
    void whatWaitsIsFoundAndNothingElse(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        WaitingEvents events = new WaitingEvents();
        List<Value> expected = new ArrayList<>();
        for (int step = 0; step < 2000; step++) {
            boolean fills = step / 200 % 2 == 0;
            if (expected.isEmpty() || random.nextInt(10) < (fills ? 7 : 3)) {
                Value added = Value.of("/path-" + random.nextInt(30));
                events.add(added);
                expected.add(added);
            } else {
                events.remove(expected.removeFirst());
            }
            Value asked = Value.of("/path-" + random.nextInt(30));
            assertThat(events.contains(asked))
                    .as("%s in %s, seed %d, step %d", asked, expected, repetition.getCurrentRepetition(), step)
                    .isEqualTo(expected.contains(asked));
        }
    }
}
