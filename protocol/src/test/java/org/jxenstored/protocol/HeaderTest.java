package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
    @Test
    @DisplayName("P-HDR-1, P-HDR-2: type, request, transaction and length are 32 bit words in the host's order")
    void fourWordsInNativeOrder() {
        ByteBuffer bytes = ByteBuffer.allocate(Header.SIZE);
        new Header(2, 0xdeadbeef, 7, 4096).write(bytes);
        bytes.flip().order(ByteOrder.nativeOrder());
        assertThat(bytes.remaining()).isEqualTo(16);
        assertThat(bytes.getInt(0)).isEqualTo(2);
        assertThat(bytes.getInt(4)).isEqualTo(0xdeadbeef);
        assertThat(bytes.getInt(8)).isEqualTo(7);
        assertThat(bytes.getInt(12)).isEqualTo(4096);
    }

    @Test
    void whatWasWrittenIsRead() {
        Header header = new Header(-1, Integer.MIN_VALUE, 3, 0);
        ByteBuffer bytes = ByteBuffer.allocate(Header.SIZE + 2).position(2);
        header.write(bytes);
        assertThat(Header.read(bytes.position(2))).isEqualTo(header);
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void theBuffersOwnByteOrderIsLeftAlone() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            ByteBuffer bytes = ByteBuffer.allocate(Header.SIZE).order(order);
            new Header(1, 2, 3, 4).write(bytes);
            assertThat(bytes.order()).isEqualTo(order);
            assertThat(Header.read(bytes.flip())).isEqualTo(new Header(1, 2, 3, 4));
            assertThat(bytes.order()).isEqualTo(order);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096})
    @DisplayName("P-HDR-3: a payload may have up to 4096 bytes")
    void lengthsUpToTheLimitAreLegal(int length) {
        assertThat(new Header(0, 0, 0, length).lengthIsLegal()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {4097, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
    @DisplayName("P-HDR-9: longer ones are not, also those that look negative to Java")
    void longerOnesAreNot(int length) {
        assertThat(new Header(0, 0, 0, length).lengthIsLegal()).isFalse();
    }
}
