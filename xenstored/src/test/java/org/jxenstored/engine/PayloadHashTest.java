package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Seeds;

/** The hash that guests cannot foresee. */
class PayloadHashTest {
    private static final int PAYLOADS = 1 << 12;

    /** As many as {@link EventIndex} keeps of a hash. */
    private static final int BITS = 23;

    @Test
    @DisplayName("XSA-326: 4,096 events whose usual hash is the same have different ones with the secret")
    void chosenPayloadsDoNotMeet() {
        List<Value> chosen = payloadsOfOneHashCode();
        assertThat(chosen.stream().mapToInt(Value::hashCode).distinct()).hasSize(1);
        Seeds.forEach(
                20,
                random -> assertThat(distinct(drawnFrom(random), chosen, BITS)).isGreaterThan(PAYLOADS - 40));
    }

    @Test
    @DisplayName("who knows the events of one daemon that have the same hash knows nothing of the next daemon's")
    void eachDaemonHasItsOwn() {
        Seeds.forEach(20, random -> {
            PayloadHash one = drawnFrom(random);
            PayloadHash other = drawnFrom(random);
            List<Value> meet = numbered(100_000)
                    .filter(payload -> upper(one, payload, 10) == 0)
                    .toList();
            assertThat(meet).hasSizeGreaterThan(50);
            assertThat(distinct(other, meet, 10)).isGreaterThan(meet.size() * 7 / 10);
        });
    }

    @Test
    @DisplayName("payloads that differ in one bit, or in zeros at the end, have different hashes")
    void allBytesCount() {
        Seeds.forEach(20, random -> {
            byte[] bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            List<Value> alike = new ArrayList<>(List.of(Value.copyOf(bytes)));
            for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
                byte[] other = bytes.clone();
                other[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
                alike.add(Value.copyOf(other));
            }
            for (int more = 1; more < 16; more++) {
                alike.add(Value.copyOf(Arrays.copyOf(bytes, bytes.length + more)));
            }
            PayloadHash hash = drawnFrom(random);
            assertThat(alike.stream().map(payload -> of(hash, payload))).doesNotHaveDuplicates();
        });
    }

    private static PayloadHash drawnFrom(RandomGenerator random) {
        return new PayloadHash(random.nextLong(), random.nextLong());
    }

    private static long distinct(PayloadHash hash, List<Value> payloads, int bits) {
        return payloads.stream()
                .map(payload -> upper(hash, payload, bits))
                .distinct()
                .count();
    }

    private static long of(PayloadHash hash, Value payload) {
        byte[] bytes = payload.toByteArray();
        return hash.of(bytes, 0, bytes.length);
    }

    private static long upper(PayloadHash hash, Value payload, int bits) {
        return of(hash, payload) >>> (Long.SIZE - bits);
    }

    private static Stream<Value> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> Value.of("/local/domain/7/data/" + i + "\0token\0"));
    }

    /** In a sum of powers of 31, Aa and BB are the same. */
    private static List<Value> payloadsOfOneHashCode() {
        List<String> texts = List.of("/local/domain/7/");
        for (int size = 1; size < PAYLOADS; size *= 2) {
            texts = texts.stream()
                    .flatMap(text -> Stream.of(text + "Aa", text + "BB"))
                    .toList();
        }
        return texts.stream().map(Value::of).toList();
    }
}
