package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private static final Message REQUEST = Message.of(MessageType.READ, 11, 22, Value.of("/a\0"));

    @Test
    @DisplayName("P-HDR-4, P-HDR-5: a reply copies type, request id and transaction id")
    void aReplyCopiesTheHeader() {
        assertThat(REQUEST.reply(Value.of("v"))).isEqualTo(new Message(2, 11, 22, Value.of("v")));
    }

    @Test
    @DisplayName("P-HDR-4, P-HDR-5, P-ERR-1: an error has type 16, the request's ids, and the errno's name with a NUL")
    void anErrorCopiesTheIdsOnly() {
        assertThat(REQUEST.error(Errno.ENOENT)).isEqualTo(new Message(16, 11, 22, Value.of("ENOENT\0")));
    }

    @Test
    @DisplayName("P-HDR-6: an event has type 15 and no ids")
    void anEventHasNoIds() {
        assertThat(Message.event(Value.of("/a\0t\0"))).isEqualTo(new Message(15, 0, 0, Value.of("/a\0t\0")));
    }

    @Test
    @DisplayName("any part of a message can be put alone")
    void anyPartOfIt() {
        byte[] bytes = REQUEST.toByteArray();
        for (int from = 0; from <= bytes.length; from++) {
            for (int to = from; to <= bytes.length; to++) {
                ByteBuffer part = ByteBuffer.allocate(to - from);
                REQUEST.write(part, from, to - from);
                assertThat(part.array()).isEqualTo(Arrays.copyOfRange(bytes, from, to));
            }
        }
    }

    @Test
    @DisplayName("P-HDR-1, P-HDR-3: the length on the wire counts the payload only")
    void theBytesAreHeaderAndPayload() {
        byte[] bytes = REQUEST.toByteArray();
        assertThat(bytes).hasSize(REQUEST.size()).hasSize(19);
        assertThat(Header.read(ByteBuffer.wrap(bytes))).isEqualTo(new Header(2, 11, 22, 3));
        assertThat(Value.copyOf(bytes, 16, 3)).isEqualTo(Value.of("/a\0"));
    }

    @Test
    void anUnknownTypeSurvivesInTheReply() {
        Message odd = new Message(0xffff, 1, 0, Value.EMPTY);
        assertThat(odd.reply(Value.EMPTY).type()).isEqualTo(0xffff);
        assertThat(odd.isOfType(MessageType.CONTROL)).isFalse();
        assertThat(odd.error(Errno.ENOSYS).isOfType(MessageType.ERROR)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "CONTROL,0",
        "DIRECTORY,1",
        "READ,2",
        "GET_PERMS,3",
        "WATCH,4",
        "UNWATCH,5",
        "TRANSACTION_START,6",
        "TRANSACTION_END,7",
        "INTRODUCE,8",
        "RELEASE,9",
        "GET_DOMAIN_PATH,10",
        "WRITE,11",
        "MKDIR,12",
        "RM,13",
        "SET_PERMS,14",
        "WATCH_EVENT,15",
        "ERROR,16",
        "IS_DOMAIN_INTRODUCED,17",
        "RESUME,18",
        "SET_TARGET,19",
        "RESTRICT,20",
        "RESET_WATCHES,21",
        "DIRECTORY_PART,22",
        "GET_FEATURE,23",
        "SET_FEATURE,24",
        "GET_QUOTA,25",
        "SET_QUOTA,26"
    })
    @DisplayName("protocol.md 3: the numbers of the message types")
    void eachTypeHasItsNumber(MessageType type, int number) {
        assertThat(type.number()).isEqualTo(number);
        assertThat(MessageType.of(number)).contains(type);
    }

    @ParameterizedTest
    @ValueSource(ints = {27, 28, 65534, 65535, -1, Integer.MIN_VALUE})
    @DisplayName("P-ERR-7: other numbers are no types")
    void otherNumbersAreNoTypes(int number) {
        assertThat(MessageType.of(number)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 20})
    @DisplayName("P-ERR-7: events, errors and the removed RESTRICT are no requests")
    void someTypesAreNoRequests(int number) {
        assertThat(MessageType.of(number)).get().returns(false, MessageType::isRequest);
    }

    @Test
    @DisplayName("P-TYPE-1: all other types are requests")
    void theOthersAreRequests() {
        assertThat(MessageType.values()).filteredOn(MessageType::isRequest).hasSize(24);
    }
}
