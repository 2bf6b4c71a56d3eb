package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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
