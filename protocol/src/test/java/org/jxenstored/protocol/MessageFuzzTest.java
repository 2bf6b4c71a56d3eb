package org.jxenstored.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.testing.Fuzz;

/** Any bytes as a header, a payload or a value; all of them come back as they were. */
class MessageFuzzTest {
    private static byte[] payload(Fuzz fuzz) {
        byte[] bytes = fuzz.bytes(fuzz.oneIn(3) ? Limits.PAYLOAD_MAX : 40);
        for (int nuls = fuzz.upTo(4); nuls > 0 && bytes.length > 0; nuls--) {
            bytes[fuzz.upTo(bytes.length - 1)] = 0;
        }
        if (bytes.length > 0 && fuzz.oneIn(2)) {
            bytes[bytes.length - 1] = 0;
        }
        return bytes;
    }

    @Test
    @DisplayName("P-HDR-1, P-HDR-3, P-HDR-9: any 16 bytes are a header, whose length is legal up to 4096, unsigned")
    void anySixteenBytesAreAHeader() {
        Fuzz.seeds(40, fuzz -> {
            for (int i = 0; i < 250; i++) {
                Header header = new Header(fuzz.anyInt(), fuzz.anyInt(), fuzz.anyInt(), fuzz.anyInt());
                ByteOrder order = fuzz.oneIn(2) ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
                ByteBuffer bytes = ByteBuffer.allocate(Header.SIZE + 8).order(order);
                header.write(bytes.position(fuzz.upTo(8)));
                int end = bytes.position();
                assertThat(Header.read(bytes.position(end - Header.SIZE))).isEqualTo(header);
                assertThat(bytes.position()).isEqualTo(end);
                assertThat(bytes.order()).as("is left as it was").isEqualTo(order);
                assertThat(header.lengthIsLegal())
                        .as("%x", header.length())
                        .isEqualTo(Integer.toUnsignedLong(header.length()) <= 4096);
                assertThat(MessageType.of(header.type()).map(MessageType::number))
                        .isEqualTo(
                                0 <= header.type() && header.type() <= 26
                                        ? Optional.of(header.type())
                                        : Optional.empty());
            }
        });
    }

    @Test
    @DisplayName("P-HDR-1: a message is its header and its payload, and is read as it was written")
    void messagesComeBack() {
        Fuzz.seeds(50, fuzz -> {
            for (int i = 0; i < 100; i++) {
                Value payload = Value.copyOf(payload(fuzz));
                Message message = new Message(fuzz.anyInt(), fuzz.anyInt(), fuzz.anyInt(), payload);
                ByteBuffer bytes = ByteBuffer.wrap(message.toByteArray());
                Header header = Header.read(bytes);
                byte[] rest = new byte[bytes.remaining()];
                bytes.get(rest);
                assertThat(header.length()).isEqualTo(rest.length);
                assertThat(new Message(header.type(), header.requestId(), header.transactionId(), Value.copyOf(rest)))
                        .isEqualTo(message);
                assertThat(message.size()).isEqualTo(Header.SIZE + rest.length);
            }
        });
    }

    @Test
    @DisplayName("P-ARG-1, P-ARG-2: the strings of any payload are what stands before its NULs")
    void stringsEndAtNuls() {
        Fuzz.seeds(50, fuzz -> {
            for (int i = 0; i < 100; i++) {
                byte[] bytes = payload(fuzz);
                String text = new String(bytes, ISO_8859_1);
                List<String> parts = new ArrayList<>(List.of(text.split("\0", -1)));
                String tail = parts.removeLast();
                Value payload = Value.copyOf(bytes);
                assertThat(Arguments.all(payload)).isEqualTo(parts);
                assertThat(Arguments.single(payload))
                        .isEqualTo(
                                parts.size() == 1 && tail.isEmpty() ? Optional.of(parts.getFirst()) : Optional.empty());
                assertThat(Arguments.join(parts))
                        .as("all but the tail")
                        .isEqualTo(payload.slice(0, bytes.length - tail.length()));
            }
        });
    }

    @Test
    void valuesAreTheBytesTheyWereMadeOf() {
        Fuzz.seeds(50, fuzz -> {
            for (int i = 0; i < 200; i++) {
                byte[] bytes = payload(fuzz);
                Value value = Value.copyOf(bytes);
                int from = fuzz.upTo(bytes.length);
                int to = from + fuzz.upTo(bytes.length - from);
                byte[] part = Arrays.copyOfRange(bytes, from, to);
                assertThat(value.toByteArray()).isEqualTo(bytes);
                assertThat(value.text()).isEqualTo(new String(bytes, ISO_8859_1));
                assertThat(value.slice(from, to)).isEqualTo(Value.owning(part)).hasSameHashCodeAs(Value.copyOf(part));
                assertThat(value.text(from, to)).isEqualTo(new String(part, ISO_8859_1));
                assertThat(value.indexOfNul(from)).isEqualTo(value.text().indexOf('\0', from));
                ByteBuffer copied = ByteBuffer.allocate(part.length);
                value.copyTo(copied, from, part.length);
                assertThat(copied.array()).isEqualTo(part);
                byte[] other = fuzz.damaged(bytes);
                assertThat(value.equals(Value.copyOf(other))).isEqualTo(Arrays.equals(bytes, other));
            }
        });
    }

    @Test
    @DisplayName("P-ERR-2: any text but the known names is EINVAL")
    void anyErrorNameIsAnErrno() {
        Fuzz.seeds(20, fuzz -> {
            for (int i = 0; i < 100; i++) {
                String usual = fuzz.oneOf(List.of(Errno.values())).name();
                String name = fuzz.oneIn(3) ? usual : fuzz.damaged(usual);
                Errno known = Arrays.stream(Errno.values())
                        .filter(errno -> errno.name().equals(name))
                        .findFirst()
                        .orElse(Errno.EINVAL);
                assertThat(Errno.ofName(name)).as(name).isEqualTo(known);
            }
        });
    }
}
