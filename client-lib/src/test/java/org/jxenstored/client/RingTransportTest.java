package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.Value;

/** A guest's client, on a ring page in memory. */
class RingTransportTest {
    private RingServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() {
        server = new RingServer();
        client = XenstoreClient.connect(server.endpoint());
    }

    @AfterEach
    void end() {
        client.close();
        server.close();
    }

    @Test
    @DisplayName("S-RING-5: messages larger than the ring pass in pieces, both ways")
    void largeMessagesPassInPieces() throws Exception {
        Value value = Value.copyOf(new byte[4000]);
        var write = run(() -> client.write("/a", value));
        server.serve(WRITE, "/a|" + value.text(), "OK|");
        assertThat(result(write)).isTrue();
        var read = run(() -> client.read("/a"));
        server.send(server.expect(READ, "/a|").reply(value));
        assertThat(result(read)).isEqualTo(value);
    }

    @Test
    @DisplayName("S-RING-5: a reply may come byte by byte")
    void aReplyMayComeByteByByte() throws Exception {
        var read = run(() -> client.read("/a"));
        Message reply = server.expect(READ, "/a|").reply(Value.of("value"));
        for (byte b : reply.toByteArray()) {
            server.sendBytes(new byte[] {b});
        }
        assertThat(result(read)).isEqualTo(Value.of("value"));
    }

    @Test
    void moreRequestsThanTheRingHoldsAreServedInOrder() throws Exception {
        var reads = run(() -> {
            List<CompletableFuture<Value>> all = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                all.add(client.async().read("/" + i));
            }
            return all;
        });
        for (int i = 0; i < 1000; i++) {
            server.serve(READ, "/" + i + "|", "v" + i);
        }
        int i = 0;
        for (CompletableFuture<Value> read : result(reads)) {
            assertThat(result(read)).isEqualTo(Value.of("v" + i++));
        }
    }

    @Test
    @DisplayName("S-RING-13: nothing is moved before the server has set the connection word to 0")
    void aRingThatIsNotTakenUpYetWaits() throws Exception {
        client.close();
        server.page.setConnection(RingPage.RECONNECT);
        client = XenstoreClient.connect(server.endpoint());
        var read = client.async();
        var pending = run(() -> read.read("/a").join());
        server.signalGuest();
        assertThat(server.page.requests().available()).isZero();
        server.page.setConnection(RingPage.CONNECTED);
        server.signalGuest();
        server.serve(READ, "/a|", "v");
        assertThat(result(pending)).isEqualTo(Value.of("v"));
    }

    @ParameterizedTest
    @CsvSource({"1, event channel", "2, indexes", "3, protocol", "9, error 9"})
    @DisplayName("S-RING-8: the error word ends the connection with its reason")
    void theErrorWordEndsTheConnection(int error, String reason) throws Exception {
        var read = run(() -> client.read("/a"));
        server.expect(READ, "/a|");
        server.page.setError(error);
        server.signalGuest();
        assertThat(failure(read, ConnectionLostException.class).reason()).contains(reason);
    }

    @Test
    @DisplayName("S-RING-1: indexes that contradict each other end the connection")
    void badIndexesEndTheConnection() throws Exception {
        var read = run(() -> client.read("/a"));
        server.expect(READ, "/a|");
        server.spoilResponseIndexes();
        server.signalGuest();
        assertThat(failure(read, ConnectionLostException.class).reason()).contains("contradict");
    }

    @Test
    void afterClosingThePageIsNotTouched() throws Exception {
        Transport ring = new RingTransport(server.page, server);
        ring.close();
        server.close();
        assertThat(ring.read(ByteBuffer.allocate(10))).isEqualTo(-1);
        assertThatThrownBy(() -> ring.write(ByteBuffer.allocate(10)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void closingWakesTheReader() throws Exception {
        var read = run(() -> client.read("/a"));
        server.expect(READ, "/a|");
        client.close();
        assertThat(failure(read, ConnectionLostException.class).reason()).contains("closed");
    }
}
