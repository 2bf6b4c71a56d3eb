package org.jxenstored.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Seeds;

class BytesTest {
    @Test
    @DisplayName(
            "bytes come out in the order they went in, whether values were small or large, and again after a clear")
    void inOrder() {
        Seeds.forEach(20, random -> {
            Bytes bytes = new Bytes();
            for (int times = 0; times < 3; times++) {
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                for (int i = random.nextInt(50); i > 0; i--) {
                    byte[] value = new byte[random.nextInt(List.of(5, 300, 5000).get(random.nextInt(3)))];
                    random.nextBytes(value);
                    bytes.putByte(i);
                    bytes.putValue(Value.owning(value));
                    expected.write(i);
                    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                        expected.write(value.length >> shift);
                    }
                    expected.writeBytes(value);
                }
                assertThat(bytes.isEmpty()).isEqualTo(expected.size() == 0);
                assertThat(RawBody.copyOf(bytes).bytes()).isEqualTo(expected.toByteArray());
                bytes.clear();
                assertThat(bytes.size()).isZero();
            }
        });
    }
}
