package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.engine.Engine;

/** Output that takes long to write: others have their turn in between, and nothing is forgotten. */
class TurnsTest extends ServerWorld {
    private static final int MILLISECOND = 1_000_000;

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> done = new ArrayList<>();
    private long nanos;

    /** Its turns, in which each look at the clock finds a millisecond gone. */
    private Turns turns(Engine served) {
        Turns slow = new Turns(channel.eventLoop(), () -> nanos += MILLISECOND, () -> done.add("end"));
        slow.serve(served);
        return slow;
    }

    private final class Named implements Turns.Output {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void flush() {
            done.add(name);
        }

        @Override
        public void abandon() {
            throw new AssertionError(name);
        }
    }

    @Test
    @DisplayName("of output that takes long one is written in a turn, and all of it in the end")
    void outputIsPutOff() {
        Turns slow = turns(engine);
        List.of("a", "b", "c").forEach(name -> slow.flushLater(new Named(name)));
        do {
            channel.runPendingTasks();
        } while (channel.hasPendingTasks());
        assertThat(done).containsExactly("a", "end", "b", "end", "c", "end");
    }

    @Test
    @DisplayName("who has output again and again waits in the row once, behind those who wait longer")
    void nobodyIsPassedOver() {
        Turns slow = turns(engine);
        Named busy = new Named("busy");
        Named patient = new Named("patient");
        for (int i = 0; i < 10; i++) {
            slow.flushLater(busy);
        }
        slow.flushLater(patient);
        slow.flushNow(busy);
        slow.flushLater(busy);
        do {
            channel.runPendingTasks();
        } while (channel.hasPendingTasks());
        assertThat(done).containsExactly("busy", "patient", "end", "busy", "end");
    }

    @Test
    @DisplayName("what was put off is written when the daemon ends")
    void theEndWritesAll() {
        Turns slow = turns(engine);
        List.of("a", "b", "c").forEach(name -> slow.flushLater(new Named(name)));
        slow.close();
        assertThat(done).containsExactly("a", "b", "c");
    }
}
