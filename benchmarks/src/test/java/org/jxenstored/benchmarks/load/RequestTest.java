package org.jxenstored.benchmarks.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.jxenstored.protocol.MessageType;

/** What each request puts on the wire, and the one reply it takes. */
final class RequestTest {
    private static final List<String> PAYLOADS =
            List.of("OK\0", "OK", "", "x", "v", "a\0b\0", "b\0a\0", "EAGAIN\0", "EAGAIN", "ENOENT\0");

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments(Request.read("/a", "v"), 2, "/a\0", List.of("v")),
                arguments(Request.write("/a", "v"), 11, "/a\0v", List.of("OK\0")),
                arguments(Request.mkdir("/a"), 12, "/a\0", List.of("OK\0")),
                arguments(Request.remove("/a"), 13, "/a\0", List.of("OK\0")),
                arguments(Request.directory("/a", "a\0b\0".getBytes(ISO_8859_1)), 1, "/a\0", List.of("a\0b\0")),
                arguments(Request.directoryPart("/a", 12), 22, "/a\0" + "12\0", PAYLOADS),
                arguments(Request.setPermissions("/a", "n0", "r7"), 14, "/a\0n0\0r7\0", List.of("OK\0")),
                arguments(Request.watch("/a", "t"), 4, "/a\0t\0", List.of("OK\0")),
                arguments(Request.unwatch("/a", "t"), 5, "/a\0t\0", List.of("OK\0")),
                arguments(Request.begin(), 6, "\0", PAYLOADS),
                arguments(Request.commit(), 7, "T\0", List.of("OK\0")),
                arguments(Request.introduce(7, 1, 5), 8, "7\0" + "1\0" + "5\0", List.of("OK\0")));
    }

    private static Reply reply(int type, String payload) {
        byte[] bytes = payload.getBytes(ISO_8859_1);
        Reply reply = new Reply(ByteBuffer.wrap(bytes));
        reply.show(type, 0, 0, bytes.length);
        return reply;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void itsBytesAreThose(Request request, int type, String payload) {
        ByteBuffer out = ByteBuffer.allocate(100).order(ByteOrder.nativeOrder());
        out.put((byte) 1);
        request.putTo(out, 0x01020304, 0x05060708);
        out.flip().get();
        assertThat(out.remaining()).isEqualTo(request.size());
        assertThat(new int[] {out.getInt(), out.getInt(), out.getInt(), out.getInt()})
                .containsExactly(type, 0x01020304, 0x05060708, payload.length());
        assertThat(ISO_8859_1.decode(out).toString()).isEqualTo(payload);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void itTakesItsReplyAndNoOther(Request request, int ownType, String payload, List<String> right) {
        for (MessageType type : MessageType.values()) {
            for (String each : PAYLOADS) {
                boolean again = ownType == 7 && type == MessageType.ERROR && each.equals("EAGAIN\0");
                assertThat(request.accepts(reply(type.number(), each)))
                        .as("%s with %s after %s", type, each, payload)
                        .isEqualTo(again || (type.number() == ownType && right.contains(each)));
            }
        }
    }

    @Test
    void theNumberOfATransactionIsRead() throws WrongReplyException {
        assertThat(reply(6, "4294967295\0").number()).isEqualTo(-1);
    }

    @ParameterizedTest
    @MethodSource("noNumbers")
    void whatIsNoNumberIsAWrongReply(String payload) {
        assertThatThrownBy(() -> reply(6, payload).number()).isInstanceOf(WrongReplyException.class);
    }

    static Stream<String> noNumbers() {
        return Stream.of("", "\0", "x\0", "1x\0");
    }
}
