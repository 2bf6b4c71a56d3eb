package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.engine.Connection;
import org.jxenstored.protocol.MessageType;

/** Requests that take long: others have their turn in between. */
class SlowRequestsTest extends ServerWorld {
    private static final int MILLISECOND = 1_000_000;

    private final Client client = new Client();
    private long nanos;
    private long nanosPerLook;

    /** Time goes on with each look at it, as if what was done since the last one had taken so long. */
    private RequestReader reader() {
        Connection connection = engine.connections().all().iterator().next();
        Share share = new Share(() -> nanos += nanosPerLook, 64, MILLISECOND / 4);
        return new RequestReader(engine, share, connection, 1 << 16);
    }

    private RequestReader reader(int requests) {
        RequestReader reader = reader();
        for (int i = 0; i < requests; i++) {
            reader.feed(Unpooled.copiedBuffer(request(MessageType.DIRECTORY, i, "/")));
        }
        reader.beginTurn();
        return reader;
    }

    @Test
    @DisplayName("who asks for what takes long gets one request served in a turn, however many wait")
    void oneLongRequest() {
        nanosPerLook = MILLISECOND;
        RequestReader reader = reader(3);
        for (int served = 1; served <= 3; served++) {
            assertThat(reader.serve()).isEqualTo(RequestReader.State.HAS_MORE);
            assertThat(client.received()).hasSize(1);
            reader.beginTurn();
        }
        assertThat(reader.serve()).isEqualTo(RequestReader.State.NEEDS_BYTES);
    }

    @Test
    @DisplayName("who asks for what takes no time gets 64 requests served in a turn")
    void manyShortRequests() {
        RequestReader reader = reader(100);
        assertThat(reader.serve()).isEqualTo(RequestReader.State.HAS_MORE);
        assertThat(client.received()).hasSize(64);
        reader.beginTurn();
        assertThat(reader.serve()).isEqualTo(RequestReader.State.NEEDS_BYTES);
        assertThat(client.received()).hasSize(36);
    }

    @Test
    @DisplayName("however long a piece of work took, the next turn begins with one")
    void aShareIsNeverNothing() {
        nanosPerLook = 100 * MILLISECOND;
        Share share = new Share(() -> nanos += nanosPerLook, 4, MILLISECOND);
        share.begin();
        assertThat(share.isLeft()).isTrue();
        share.use();
        assertThat(share.isLeft()).isFalse();
        share.begin();
        assertThat(share.isLeft()).isTrue();
    }
}
