package org.jxenstored.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("semantics.md 9.1: the ring page")
class RingPageTest {
    private static final int REQUEST_CONSUMER = 2048;
    private static final int REQUEST_PRODUCER = 2052;
    private static final int RESPONSE_CONSUMER = 2056;
    private static final int RESPONSE_PRODUCER = 2060;

    private final MemorySegment memory = Arena.ofAuto().allocate(RingPage.SIZE, 8);
    private final RingPage page = new RingPage(memory);
    private final byte[] bytes = new byte[4096];

    private int word(int offset) {
        return memory.get(ValueLayout.JAVA_INT, offset);
    }

    private void setWord(int offset, int value) {
        memory.set(ValueLayout.JAVA_INT, offset, value);
    }

    private static byte[] pattern(int length, int start) {
        byte[] pattern = new byte[length];
        for (int i = 0; i < length; i++) {
            pattern[i] = (byte) (start + i * 7);
        }
        return pattern;
    }

    @Test
    void requestsAndResponsesHaveTheirOwnBytesAndIndexes() {
        assertThat(page.requests().write(new byte[] {'q'}, 0, 1)).isEqualTo(1);
        assertThat(page.responses().write(new byte[] {'s', 's'}, 0, 2)).isEqualTo(2);
        assertThat(memory.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 'q');
        assertThat(memory.get(ValueLayout.JAVA_BYTE, 1024)).isEqualTo((byte) 's');
        assertThat(word(REQUEST_PRODUCER)).isEqualTo(1);
        assertThat(word(RESPONSE_PRODUCER)).isEqualTo(2);
        assertThat(page.requests().read(bytes, 0, 10)).isEqualTo(1);
        assertThat(page.responses().read(bytes, 0, 10)).isEqualTo(2);
        assertThat(word(REQUEST_CONSUMER)).isEqualTo(1);
        assertThat(word(RESPONSE_CONSUMER)).isEqualTo(2);
    }

    @Test
    void theWordsAreWhereTheGuestLooksForThem() {
        page.setFeatures(15);
        page.setConnection(RingPage.RECONNECT);
        page.setError(RingPage.ERROR_PROTOCOL);
        page.setEventChannel(77);
        assertThat(new int[] {word(2064), word(2068), word(2072), word(2076)}).containsExactly(15, 1, 3, 77);
        assertThat(page.features()).isEqualTo(15);
        assertThat(page.connection()).isEqualTo(RingPage.RECONNECT);
        assertThat(page.error()).isEqualTo(RingPage.ERROR_PROTOCOL);
        assertThat(page.eventChannel()).isEqualTo(77);
    }

    @Test
    @DisplayName("L-RACE-6: two looks at one page show the same server's side, a page that was never served another")
    void anotherPageShowsAnotherServersSide() {
        assertThat(page.hasSameServerSideAs(new RingPage(memory))).isTrue();
        for (Consumer<RingPage> deed : List.<Consumer<RingPage>>of(
                served -> served.setFeatures(15),
                served -> served.setError(RingPage.ERROR_PROTOCOL),
                served -> served.responses().write(new byte[] {1}, 0, 1),
                served -> {
                    served.requests().write(new byte[] {1}, 0, 1);
                    served.requests().read(new byte[1], 0, 1);
                },
                served -> {
                    served.responses().write(new byte[] {1}, 0, 1);
                    served.responses().clear();
                })) {
            RingPage other = new RingPage(Arena.ofAuto().allocate(RingPage.SIZE, 8));
            RingPage fresh = new RingPage(Arena.ofAuto().allocate(RingPage.SIZE, 8));
            other.requests().write(new byte[] {1}, 0, 1);
            assertThat(other.hasSameServerSideAs(fresh))
                    .as("the guest's side does not matter")
                    .isTrue();
            deed.accept(fresh);
            assertThat(fresh.hasSameServerSideAs(other)).isFalse();
        }
    }

    @Test
    void anEmptyRingGivesNothing() {
        assertThat(page.requests().read(bytes, 0, bytes.length)).isZero();
        assertThat(page.requests().available()).isZero();
        assertThat(page.requests().room()).isEqualTo(1024);
    }

    @Test
    void aFullRingTakesNothing() {
        assertThat(page.responses().write(bytes, 0, 4096)).isEqualTo(1024);
        assertThat(page.responses().room()).isZero();
        assertThat(page.responses().write(bytes, 0, 1)).isZero();
        assertThat(word(RESPONSE_PRODUCER)).isEqualTo(1024);
        assertThat(page.responses().available()).isEqualTo(1024);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1000, -1, -24, -1024, Integer.MAX_VALUE, Integer.MIN_VALUE})
    @DisplayName("S-RING-1, S-RING-5: indexes run on modulo 2^32 and data crosses the end of the buffer")
    void dataCrossesTheEndAndIndexesWrap(int start) {
        setWord(REQUEST_CONSUMER, start);
        setWord(REQUEST_PRODUCER, start);
        byte[] sent = pattern(1024, start);
        assertThat(page.requests().write(sent, 0, 700)).isEqualTo(700);
        assertThat(page.requests().read(bytes, 5, 600)).isEqualTo(600);
        assertThat(page.requests().write(sent, 700, 324)).isEqualTo(324);
        assertThat(page.requests().available()).isEqualTo(424);
        assertThat(page.requests().read(bytes, 605, 4000 - 605)).isEqualTo(424);
        assertThat(Value.copyOf(bytes, 5, 1024)).isEqualTo(Value.copyOf(sent));
        assertThat(word(REQUEST_PRODUCER)).isEqualTo(start + 1024).isEqualTo(word(REQUEST_CONSUMER));
    }

    @ParameterizedTest
    @ValueSource(ints = {1025, 4096, Integer.MAX_VALUE, Integer.MIN_VALUE, -1, -1024})
    @DisplayName("S-RING-1, S-RING-2: more than 1024 bytes between the indexes are a contradiction")
    void contradictingIndexesAreSeen(int used) {
        setWord(REQUEST_PRODUCER, used);
        assertThat(page.requests().available()).isEqualTo(RingStream.BAD_INDEXES);
        assertThat(page.requests().room()).isEqualTo(RingStream.BAD_INDEXES);
        assertThat(page.requests().read(bytes, 0, 100)).isEqualTo(RingStream.BAD_INDEXES);
        assertThat(page.requests().write(bytes, 0, 100)).isEqualTo(RingStream.BAD_INDEXES);
        assertThat(word(REQUEST_CONSUMER)).as("nothing was consumed").isZero();
        assertThat(word(REQUEST_PRODUCER)).as("nothing was produced").isEqualTo(used);
    }

    @Test
    @DisplayName("S-RING-2: a producer that goes back under our feet is a contradiction, not a loop")
    void aProducerThatGoesBackIsSeen() {
        page.requests().write(pattern(100, 0), 0, 100);
        assertThat(page.requests().read(bytes, 0, 60)).isEqualTo(60);
        setWord(REQUEST_PRODUCER, 50);
        assertThat(page.requests().read(bytes, 0, 60)).isEqualTo(RingStream.BAD_INDEXES);
    }

    @Test
    @DisplayName("S-RING-2: at most what was asked for is copied, whatever the indexes say")
    void neverMoreThanAskedFor() {
        setWord(REQUEST_PRODUCER, 1024);
        byte[] small = new byte[8];
        assertThat(page.requests().read(small, 2, 3)).isEqualTo(3);
        assertThat(word(REQUEST_CONSUMER)).isEqualTo(3);
        assertThat(page.requests().read(small, 8, 0)).isZero();
        assertThat(word(REQUEST_CONSUMER)).isEqualTo(3);
    }

    @Test
    @DisplayName("S-RING-7: clearing zeroes both indexes")
    void clearingZeroesTheIndexes() {
        setWord(RESPONSE_PRODUCER, -7);
        setWord(RESPONSE_CONSUMER, 99);
        page.responses().clear();
        assertThat(word(RESPONSE_PRODUCER)).isZero();
        assertThat(word(RESPONSE_CONSUMER)).isZero();
    }
}
