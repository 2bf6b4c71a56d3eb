package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.Link;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

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

    private void handle(Connection by, MessageType type, String payload) {
        engine.handle(by, Message.of(type, 1, 0, Value.of(payload)));
    }

    private static final class Silent implements Link {
        @Override
        public void wake() {}

        @Override
        public void resume() {}

        @Override
        public void cutOff(String reason) {}

        @Override
        public String describe() {
            return "nobody";
        }
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

    /** dom0 changes what three guests watch with a hundred watches each. */
    private void changeWhatManyWatch() {
        Connection dom0 = engine.connectSocket(new Silent());
        handle(dom0, MessageType.WRITE, "/shared\0");
        handle(dom0, MessageType.SET_PERMS, "/shared\0b0\0");
        for (int domid = 1; domid <= 3; domid++) {
            Connection guest = engine.connectAs(domid, new Silent());
            for (int i = 0; i < 100; i++) {
                handle(guest, MessageType.WATCH, "/shared\0t" + i + "\0");
            }
        }
        handle(dom0, MessageType.WRITE, "/shared\0changed");
    }

    @Test
    @DisplayName("of many watchers some are told in a turn, and all of them in the end")
    void tellingIsPutOff() {
        Turns slow = turns(engine);
        changeWhatManyWatch();
        slow.endLater();
        do {
            assertThat(engine.isBehind()).isTrue();
            channel.runPendingTasks();
        } while (channel.hasPendingTasks());
        assertThat(engine.isBehind()).isFalse();
        assertThat(done).containsOnly("end").hasSizeGreaterThan(10);
    }

    @Test
    @DisplayName("who is not told of a change yet is told when the daemon ends")
    void allAreToldAtTheEnd() {
        Turns slow = turns(engine);
        changeWhatManyWatch();
        assertThat(engine.isBehind()).isTrue();
        slow.close();
        assertThat(engine.isBehind()).isFalse();
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
