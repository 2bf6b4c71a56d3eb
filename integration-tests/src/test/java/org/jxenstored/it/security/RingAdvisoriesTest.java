package org.jxenstored.it.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.it.life.AdvisoryTest;
import org.jxenstored.it.life.HostileGuest;
import org.jxenstored.it.life.Machine;
import org.jxenstored.it.life.OnEveryMachine;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.RawRing;
import org.jxenstored.sim.host.ShutdownCode;

/** What can be done with the words and bytes of a ring page. */
@OnEveryMachine
final class RingAdvisoriesTest extends AdvisoryTest {
    private static final int ROUNDS = 2000;

    RingAdvisoriesTest(Machine machine) {
        super(machine);
    }

    /** A word of the page, the index it is compared with, and by how much it is made to differ. */
    private record Lie(int word, int other, int difference) {}

    private static final List<Lie> LIES = List.of(
            new Lie(RawRing.REQUEST_PRODUCER, RawRing.REQUEST_CONSUMER, 1025),
            new Lie(RawRing.REQUEST_PRODUCER, RawRing.REQUEST_CONSUMER, -1),
            new Lie(RawRing.REQUEST_PRODUCER, RawRing.REQUEST_CONSUMER, Integer.MIN_VALUE),
            new Lie(RawRing.REQUEST_CONSUMER, RawRing.REQUEST_PRODUCER, 1),
            new Lie(RawRing.RESPONSE_PRODUCER, RawRing.RESPONSE_CONSUMER, 1025),
            new Lie(RawRing.RESPONSE_CONSUMER, RawRing.RESPONSE_PRODUCER, 1),
            new Lie(RawRing.RESPONSE_CONSUMER, RawRing.RESPONSE_PRODUCER, -2000));

    // The indexes of a ring stand in memory that the guest writes. A daemon that used them unchecked read and wrote
    // beside the ring.
    @Test
    @DisplayName("XSA-38: ring indexes that contradict each other cost the guest its connection, and nobody else")
    void ringIndexesOutOfRange() throws Exception {
        HostileGuest guest = hostile();
        for (Lie lie : LIES) {
            rest();
            guest.page().setWord(lie.word, guest.page().word(lie.other) + lie.difference);
            // The output's indexes are looked at when there is output.
            if (lie.word == RawRing.RESPONSE_PRODUCER || lie.word == RawRing.RESPONSE_CONSUMER) {
                var _ = guest.send(0, MessageType.READ, Arguments.join("data"));
            }
            guest.domain().signalStore();
            rest();
            assertThat(guest.error()).as("%s", lie).isEqualTo(RingPage.ERROR_BAD_INDEX);
            assertThat(guest.reconnect()).as("%s", lie).isTrue();
            assertThat(guest.write("data", "fresh")).isEqualTo("OK");
        }
        othersAreServed();
    }

    // The same page, now with indexes that another processor changes while the daemon looks: who checks one copy of an
    // index and works with a second one has checked nothing.
    @Test
    @DisplayName("XSA-38: indexes that change between two looks lead nowhere")
    void ringIndexesThatChangeWhileTheyAreRead() throws Exception {
        HostileGuest guest = hostile();
        AtomicBoolean over = new AtomicBoolean();
        Thread scribbler = Thread.ofPlatform().daemon().start(() -> scribble(guest.page(), over));
        try {
            for (int round = 0; round < ROUNDS; round++) {
                guest.page().setWord(RawRing.CONNECTION, RingPage.RECONNECT);
                guest.domain().signalStore();
                rest();
            }
        } finally {
            over.set(true);
            // No join: threads of virtual time wait for each other only.
            while (scribbler.isAlive()) {
                Thread.onSpinWait();
            }
        }
        assertThat(guest.reconnect()).isTrue();
        assertThat(guest.write("data", "fresh")).isEqualTo("OK");
        othersAreServed();
    }

    private static void scribble(RawRing page, AtomicBoolean over) {
        SplittableRandom random = new SplittableRandom(38);
        int[] words = {
            RawRing.REQUEST_PRODUCER, RawRing.REQUEST_CONSUMER, RawRing.RESPONSE_CONSUMER, RawRing.RESPONSE_PRODUCER
        };
        int[] values = {0, 16, 1008, 1023, 1024, 1025, -1, Integer.MIN_VALUE};
        while (!over.get()) {
            int value = random.nextInt(4) == 0 ? random.nextInt() : values[random.nextInt(values.length)];
            page.setWord(words[random.nextInt(words.length)], value);
        }
    }

    // A length that does not fit a signed number was taken for a negative one, and checks for "too long" let it pass.
    @Test
    @DisplayName("XSA-420: a length of 2^31 and more is too long, not negative")
    void aLengthBeyondSignedNumbers() throws Exception {
        HostileGuest guest = hostile();
        for (int length : List.of(4097, Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 16, -1)) {
            guest.sendBytes(HostileGuest.header(MessageType.WRITE.number(), 1, 0, length));
            guest.sendBytes(new byte[500]);
            rest();
            assertThat(guest.error()).as("length %d", length).isEqualTo(RingPage.ERROR_PROTOCOL);
            assertThat(guest.reconnect()).isTrue();
            assertThat(guest.write("data", "fresh")).isEqualTo("OK");
        }
        othersAreServed();
    }

    // A guest whose connection had been given up for its misbehaviour was forgotten with it: nobody was told when it
    // shut down or died, and the toolstack never cleaned up.
    @Test
    @DisplayName("XSA-325: shutdown and death of a guest that broke the protocol are reported, and it is cleaned up")
    void theEndOfAGuestThatBrokeTheProtocol() throws Exception {
        HostileGuest guest = hostile();
        assertThat(guest.write("data/below", "x")).isEqualTo("OK");
        guest.sendBytes(HostileGuest.header(MessageType.READ.number(), 1, 0, 70_000));
        rest();
        assertThat(guest.error()).isEqualTo(RingPage.ERROR_PROTOCOL);
        guest.domain().shutdown(ShutdownCode.POWEROFF);
        assertThat(specialEvents()).containsExactly("@releaseDomain/" + guest.domid(), "@releaseDomain");
        destroy(guest);
        assertThat(toolstack().exists(home(guest, "data"))).isFalse();
        assertThat(mapped()).containsExactly(0);
    }

    // A guest's soft reset makes the toolstack RELEASE it, whatever its connection is in the middle of.
    @Test
    @DisplayName("XSA-425: RELEASE while requests are half sent and replies half read, then a new life")
    void releaseInTheMiddleOfEverything() throws Exception {
        HostileGuest guest = hostile();
        String data = home(guest, "data");
        assertThat(guest.write("data", HostileGuest.text(1500))).isEqualTo("OK");
        assertThat(guest.ask(MessageType.WATCH, "data", "token")).isEqualTo("OK");
        int transaction = guest.begin();
        assertThat(guest.write(transaction, "data/new", "x")).isEqualTo("OK");
        int taken = guest.flood(MessageType.READ, Arguments.join("data"), 100);
        assertThat(taken).as("requests until it is held back").isLessThan(100);
        toolstack().write(data, HostileGuest.text(1400));
        toolstack().release(guest.domid());
        assertThat(specialEvents()).containsExactly("@releaseDomain", "@releaseDomain/" + guest.domid());
        assertThat(mapped()).containsExactly(0);
        introduce(guest);
        guest.forget();
        assertThat(specialEvents()).containsExactly("@introduceDomain", "@introduceDomain/" + guest.domid());
        assertThat(guest.ask(transaction, MessageType.READ, Value.of("data\0"))).isEqualTo("ENOENT");
        assertThat(guest.write("data", "second life")).isEqualTo("OK");
        assertThat(guest.events()).as("nothing of the first life").isEmpty();
        assertThat(guest.unclaimedReplies()).isZero();
        assertThat(toolstack().readText(data)).isEqualTo("second life");
    }
}
