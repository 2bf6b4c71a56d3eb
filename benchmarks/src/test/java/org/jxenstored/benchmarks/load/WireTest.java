package org.jxenstored.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jxenstored.benchmarks.load.Script.joined;
import static org.jxenstored.benchmarks.load.Script.message;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.protocol.MessageType;

/** A connection of the load generator: nothing the daemon says wrong goes unseen. */
final class WireTest {
    private static final Request READ = Request.read("/a", "value");

    private final Script daemon = new Script();
    private final Wire wire = Wire.over(daemon);
    private final Told told = new Told();

    /** Writes down what it is told. */
    private static final class Told implements Receiver {
        private final List<String> all = new ArrayList<>();

        @Override
        public void replied(Wire wire, Request request, long due, long now, Reply reply) {
            all.add(request + " -> " + reply.text());
        }

        @Override
        public void event(Wire wire, long now, Reply event) {
            all.add("event " + event.strings());
        }
    }

    private static byte[] value(int requestId) {
        return message(MessageType.READ, requestId, 0, "value");
    }

    private static byte[] event() {
        return message(MessageType.WATCH_EVENT, 0, 0, "/path\0token\0");
    }

    private void receiveAll() throws IOException {
        while (wire.outstanding() > 0) {
            wire.receive(told);
        }
    }

    @Test
    void repliesMayBeCutAnywhere() throws IOException {
        byte[] whole = joined(value(0), event(), value(1));
        for (int cut = 1; cut < whole.length; cut++) {
            Script pieces = new Script()
                    .says(Arrays.copyOfRange(whole, 0, cut))
                    .says(Arrays.copyOfRange(whole, cut, whole.length));
            Wire cutWire = Wire.over(pieces);
            Told heard = new Told();
            cutWire.post(READ);
            cutWire.post(READ);
            int replies = cutWire.receive(heard) + cutWire.receive(heard);
            assertThat(replies).as("cut at %d", cut).isEqualTo(2);
            assertThat(heard.all)
                    .as("cut at %d", cut)
                    .containsExactly("READ /a| -> value", "event [/path, token]", "READ /a| -> value");
        }
    }

    @Test
    void aMessageMayComeByteByByte() throws IOException {
        for (byte each : joined(event(), value(0))) {
            daemon.says(new byte[] {each});
        }
        wire.post(READ);
        receiveAll();
        assertThat(told.all).containsExactly("event [/path, token]", "READ /a| -> value");
    }

    @Test
    void manyRepliesMayComeAtOnce() throws IOException {
        byte[][] replies = new byte[500][];
        for (int i = 0; i < replies.length; i++) {
            replies[i] = value(i);
            wire.post(READ);
        }
        daemon.says(replies);
        assertThat(wire.receive(told)).isEqualTo(500);
        assertThat(wire.outstanding()).isZero();
    }

    @Test
    void eachReplyIsOfTheOldestRequest() throws IOException {
        daemon.says(value(0), message(MessageType.WRITE, 1, 7, "OK\0"));
        wire.post(READ);
        wire.post(Request.write("/b", "x"), 7, 0);
        receiveAll();
        assertThat(told.all).containsExactly("READ /a| -> value", "WRITE /b|x -> OK\0");
    }

    @Test
    void aReplyGivesBackWhenItsRequestWasDue() throws IOException {
        daemon.says(value(0));
        List<Long> dues = new ArrayList<>();
        wire.post(READ, 0, 42);
        wire.receive((_, _, due, _, _) -> dues.add(due));
        assertThat(dues).containsExactly(42L);
    }

    private void isWrong(byte[] reply, String... words) {
        daemon.says(reply);
        wire.post(READ);
        assertThatThrownBy(() -> wire.receive(told))
                .isInstanceOf(WrongReplyException.class)
                .hasMessageContainingAll(words);
        assertThat(told.all).isEmpty();
    }

    @Test
    void aReplyToAnotherRequestIsWrong() {
        isWrong(value(1), "READ /a|", "reply 1 instead of 0", "value");
    }

    @Test
    void aReplyInAnotherTransactionIsWrong() {
        isWrong(message(MessageType.READ, 0, 3, "value"), "READ /a|", "transaction 3 instead of 0", "value");
    }

    @Test
    void aReplyOfAnotherTypeIsWrong() {
        isWrong(message(MessageType.WRITE, 0, 0, "value"), "READ /a|", "type 11", "value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"valuf", "valu", "values", ""})
    void aReplyWithAnotherPayloadIsWrong(String payload) {
        isWrong(message(MessageType.READ, 0, 0, payload), "READ /a|", payload.length() + " bytes", payload);
    }

    @Test
    void anErrorIsWrong() {
        isWrong(message(MessageType.ERROR, 0, 0, "ENOENT\0"), "READ /a|", "ENOENT");
    }

    @ParameterizedTest
    @ValueSource(ints = {4097, Integer.MAX_VALUE, -1, -17})
    void aLengthThatNoMessageHasIsWrong(int length) {
        byte[] header = Arrays.copyOf(value(0), 16);
        ByteBuffer.wrap(header).order(ByteOrder.nativeOrder()).putInt(12, length);
        isWrong(header, Integer.toUnsignedString(length), "bytes of payload");
    }

    @Test
    void aReplyToNothingIsWrong() {
        daemon.says(value(0));
        assertThatThrownBy(() -> wire.receive(told))
                .isInstanceOf(WrongReplyException.class)
                .hasMessageContaining("reply 0 instead of none");
    }

    @Test
    void anEventIsWrongForWhoWaitsForNone() {
        daemon.says(event());
        assertThatThrownBy(() -> wire.receive((_, _, _, _, _) -> {}))
                .isInstanceOf(WrongReplyException.class)
                .hasMessageContaining("/path|token|");
    }

    @Test
    void theEndOfTheConnectionIsTold() {
        wire.post(READ);
        assertThatThrownBy(() -> wire.receive(told)).isInstanceOf(EOFException.class);
    }

    @Test
    void whatIsPostedFindsRoomHoweverMuchItIs() throws IOException {
        Request big = Request.write("/big", "v".repeat(4000));
        while (wire.hasRoomFor(big)) {
            wire.post(big);
        }
        int first = wire.outstanding();
        for (int i = 0; i < 2 * first; i++) {
            wire.post(big);
        }
        assertThat(wire.flush()).isTrue();
        ByteBuffer expected = ByteBuffer.allocate(3 * first * big.size()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 3 * first; i++) {
            big.putTo(expected, i, 0);
        }
        assertThat(daemon.heard()).isEqualTo(expected.array());
    }

    @Test
    void whatIsNotTakenNowIsWrittenLater() throws IOException {
        wire.post(READ);
        wire.post(READ);
        daemon.takes(5);
        assertThat(wire.flush()).isFalse();
        daemon.takes(Integer.MAX_VALUE);
        assertThat(wire.flush()).isTrue();
        ByteBuffer expected = ByteBuffer.allocate(2 * READ.size()).order(ByteOrder.nativeOrder());
        READ.putTo(expected, 0, 0);
        READ.putTo(expected, 1, 0);
        assertThat(daemon.heard()).isEqualTo(expected.array());
    }

    @Test
    void noMoreThan1024RequestsWaitForTheirReplies() {
        for (int i = 0; i < 1024; i++) {
            wire.post(READ);
        }
        assertThat(wire.hasRoomFor(READ)).isFalse();
        assertThatThrownBy(() -> wire.post(READ)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aCallGivesThePayloadAndDropsEvents() throws IOException {
        daemon.says(event(), message(MessageType.READ, 0, 9, "value"));
        assertThat(wire.call(READ, 9)).isEqualTo("value".getBytes(ISO_8859_1));
    }
}
