package org.jxenstored.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final ListenAddress SOCKET = new ListenAddress.Unix(Path.of("/run/x"), OptionalInt.empty());

    @Test
    void theFirstIsToldAtOnceAndTheOthersAreCounted() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        Refusals refusals = new Refusals(SOCKET, nanos::get);
        try (LogLines lines = new LogLines()) {
            refusals.add("uid 1");
            for (int i = 0; i < 1000; i++) {
                refusals.add("uid 2");
            }
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
            refusals.add("uid 3");
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
            refusals.add("uid 4");

            assertThat(lines.all())
                    .containsExactly(
                            "a client of /run/x is refused: uid 1",
                            "a client of /run/x is refused: uid 3 (before, 1000 more were refused without a line)",
                            "a client of /run/x is refused: uid 4");
        }
    }
}
