package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Guests wait in a guestTurns, so that those who are not in it have their turn. */
final class GuestTurnsTest {
    private final List<String> served = new ArrayList<>();
    private final EmbeddedChannel loop = new EmbeddedChannel();
    private long nanos;
    private final Turns turns = new Turns(loop.eventLoop(), () -> nanos, () -> {});
    private final GuestTurns guestTurns = new GuestTurns(turns);

    /** A guest, which takes this long. */
    private GuestTurns.Guest guest(String name, long takes) {
        return () -> {
            served.add(name);
            nanos += takes;
        };
    }

    private GuestTurns.Guest guest(String name) {
        return guest(name, 0);
    }

    /** Lets what comes next in other turns happen. */
    private void goOn() {
        loop.runScheduledPendingTasks();
    }

    @Test
    @DisplayName("four guests are served at once, the others in later turns, four at a time and in order")
    void fourInATurn() {
        for (int i = 1; i <= 10; i++) {
            assertThat(guestTurns.serve(guest("g" + i))).isEqualTo(i <= 4);
        }
        assertThat(served).containsExactly("g1", "g2", "g3", "g4");
        goOn();
        assertThat(served).endsWith("g5", "g6", "g7", "g8");
        goOn();
        assertThat(served).hasSize(10).endsWith("g9", "g10");
    }

    @Test
    @DisplayName("who comes while others wait waits behind them, though it is a new turn")
    void nobodyIsOvertaken() {
        guestTurns.serveLater(() -> {
            turns.endLater();
            assertThat(guestTurns.serve(guest("late"))).isFalse();
        });
        guestTurns.serveLater(guest("waits"));
        goOn();
        goOn();
        assertThat(served).containsExactly("waits", "late");
    }

    @Test
    @DisplayName("a guest that takes a quarter of a millisecond is the last one of a turn")
    void byTime() {
        assertThat(guestTurns.serve(guest("slow", 250_000))).isTrue();
        assertThat(guestTurns.serve(guest("next"))).isFalse();
        goOn();
        assertThat(served).containsExactly("slow", "next");
    }

    @Test
    @DisplayName("who waits twice is served once, and who left not at all")
    void onceOrNever() {
        GuestTurns.Guest twice = guest("twice");
        GuestTurns.Guest gone = guest("gone");
        guestTurns.serveLater(twice);
        guestTurns.serveLater(gone);
        guestTurns.serveLater(twice);
        guestTurns.leave(gone);
        goOn();
        goOn();
        assertThat(served).containsExactly("twice");
    }

    @Test
    @DisplayName("one that fails does not keep those behind it from being served")
    void oneFails() {
        guestTurns.serveLater(() -> {
            throw new IllegalStateException("on purpose");
        });
        guestTurns.serveLater(guest("next"));
        goOn();
        assertThat(served).containsExactly("next");
    }
}
