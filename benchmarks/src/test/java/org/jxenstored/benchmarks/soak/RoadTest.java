package org.jxenstored.benchmarks.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RoadTest {
    /** Says when it moves. */
    private static final class Pedestrian implements Traffic {
        final CountDownLatch walked = new CountDownLatch(3);
        final AtomicInteger moving = new AtomicInteger();
        final AtomicBoolean closed = new AtomicBoolean();

        @Override
        public void step() {
            moving.incrementAndGet();
            LockSupport.parkNanos(1);
            moving.decrementAndGet();
            walked.countDown();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @Test
    void allMoveAndNobodyDoesWhileSomebodyLooks() throws Exception {
        Pedestrian first = new Pedestrian();
        Pedestrian second = new Pedestrian();
        try (Road road = new Road()) {
            road.add(first);
            road.add(second);
            first.walked.await();
            second.walked.await();
            for (int i = 0; i < 20; i++) {
                assertThat(road.atRest(() -> first.moving.get() + second.moving.get()))
                        .isZero();
            }
            assertThat(road.steps()).isPositive();
        }
        assertThat(first.closed).isTrue();
        assertThat(second.closed).isTrue();
    }

    @Test
    void aLoadThatFailsEndsTheWait() {
        Traffic refused = new Traffic() {
            @Override
            public void step() throws IOException {
                throw new IOException("a wrong answer");
            }

            @Override
            public void close() {}
        };
        try (Road road = new Road()) {
            road.add(refused);
            assertThatThrownBy(() -> road.goOn(Duration.ofMinutes(10)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a wrong answer");
        }
    }
}
