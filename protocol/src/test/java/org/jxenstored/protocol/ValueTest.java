package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ValueTest {
    @Test
    void equalBytesAreEqualValues() {
        assertThat(Value.copyOf((byte) 1, (byte) 0)).isEqualTo(Value.of("\1\0")).hasSameHashCodeAs(Value.of("\1\0"));
        assertThat(Value.of("a")).isNotEqualTo(Value.of("b")).isNotEqualTo(null);
        assertThat(Value.copyOf()).isSameAs(Value.EMPTY);
        assertThat(Value.owning(new byte[0])).isSameAs(Value.EMPTY);
    }

    @Test
    @DisplayName("P-WRITE-5: any byte may stand in a value")
    void everyByteSurvives() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        Value value = Value.copyOf(all);
        assertThat(value.toByteArray()).isEqualTo(all);
        assertThat(Value.of(value.text())).isEqualTo(value);
        ByteBuffer copy = ByteBuffer.allocate(256);
        value.copyTo(copy);
        assertThat(copy.array()).isEqualTo(all);
        assertThat(value.at(200)).isEqualTo((byte) 200);
    }

    @Test
    void aCopyDoesNotChangeWithItsSource() {
        byte[] source = {1, 2, 3};
        Value copy = Value.copyOf(source);
        Value part = Value.copyOf(source, 1, 2);
        source[1] = 9;
        copy.toByteArray()[0] = 9;
        assertThat(copy.toByteArray()).containsExactly(1, 2, 3);
        assertThat(part.toByteArray()).containsExactly(2, 3);
    }

    @Test
    void shortAndLongValuesBehaveAlike() {
        byte[] bytes = new byte[40];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 7 == 5 ? 0 : 250 - i * 37);
        }
        for (int from = 0; from < 20; from++) {
            for (int size = 0; size < 20; size++) {
                assertHolds(Value.copyOf(bytes, from, size), Arrays.copyOfRange(bytes, from, from + size));
                assertHolds(Value.copyOf(bytes).slice(from, from + size), Arrays.copyOfRange(bytes, from, from + size));
                assertHolds(
                        Value.copyOf(bytes, 0, 20).slice(Math.min(from, size), size),
                        Arrays.copyOfRange(bytes, Math.min(from, size), size));
            }
        }
    }

    private static void assertHolds(Value value, byte[] bytes) {
        assertThat(value.size()).isEqualTo(bytes.length);
        assertThat(value.isEmpty()).isEqualTo(bytes.length == 0);
        assertThat(value.toByteArray()).isEqualTo(bytes);
        assertThat(value).isEqualTo(Value.owning(bytes.clone())).hasSameHashCodeAs(Value.owning(bytes.clone()));
        assertThat(value.text()).isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
        ByteBuffer copy = ByteBuffer.allocate(bytes.length);
        value.copyTo(copy);
        assertThat(copy.array()).isEqualTo(bytes);
        int nul = -1;
        for (int i = bytes.length - 1; i >= 0; i--) {
            assertThat(value.at(i)).isEqualTo(bytes[i]);
            nul = bytes[i] == 0 ? i : nul;
            assertThat(value.indexOfNul(i)).isEqualTo(nul);
            byte[] other = bytes.clone();
            other[i]++;
            assertThat(value).isNotEqualTo(Value.owning(other));
        }
        assertThat(value).isNotEqualTo(Value.owning(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void aByteBeyondTheEndIsAMistake() {
        for (Value value : List.of(Value.of("ab"), Value.of("a".repeat(30)))) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> value.at(value.size()));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> value.text(1, value.size() + 1));
        }
    }

    @Test
    void partsAreCutOut() {
        Value value = Value.of("ab\0cd\0");
        assertThat(value.size()).isEqualTo(6);
        assertThat(value.indexOfNul(0)).isEqualTo(2);
        assertThat(value.indexOfNul(2)).isEqualTo(2);
        assertThat(value.indexOfNul(3)).isEqualTo(5);
        assertThat(value.indexOfNul(6)).isEqualTo(-1);
        assertThat(value.slice(3, 5)).isEqualTo(Value.of("cd"));
        assertThat(value.slice(6, 6)).isSameAs(Value.EMPTY);
        assertThat(value.slice(0, 6)).isSameAs(value);
        assertThat(value.text(1, 4)).isEqualTo("b\0c");
        ByteBuffer middle = ByteBuffer.allocate(2);
        value.copyTo(middle, 3, 2);
        assertThat(middle.array()).containsExactly('c', 'd');
    }

    @Test
    void forPeopleBytesThatDoNotPrintAreEscaped() {
        assertThat(Value.of("a\n\0\"\\\u00e9~")).hasToString("\"a\\0a\\00\\22\\5c\\e9~\"");
    }
}
