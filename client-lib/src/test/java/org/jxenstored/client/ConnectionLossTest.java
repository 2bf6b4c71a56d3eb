package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jxenstored.client.Background.failure;
import static org.jxenstored.client.Background.result;
import static org.jxenstored.client.Background.run;
import static org.jxenstored.protocol.MessageType.*;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

class ConnectionLossTest {
    private SocketServer server;
    private XenstoreClient client;

    @BeforeEach
    void connect() throws Exception {
        server = new SocketServer();
        client = server.connect();
    }

    @AfterEach
    void end() throws Exception {
        client.close();
        server.close();
    }

    @Test
    @DisplayName("C-LIB-13: when the server goes, waiting requests fail, and so do later ones")
    void whenTheServerGoesAllRequestsFail() throws Exception {
        var write = run(() -> client.write("/a", "v"));
        server.expect(WRITE, "/a|v");
        server.hangUp();
        ConnectionLostException lost = failure(write, ConnectionLostException.class);
        assertThat(lost.mayHaveBeenExecuted()).isTrue();
        assertThat(lost).hasMessageContaining("WRITE /a").hasMessageContaining("may have done it");

        ConnectionLostException later =
                catchThrowableOfType(ConnectionLostException.class, () -> client.write("/b", "v"));
        assertThat(later.mayHaveBeenExecuted()).isFalse();
        assertThat(later.reason()).isEqualTo(lost.reason());
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void requestsThatNeverLeftAreCertainlyNotExecuted() throws Exception {
        Value value = Value.copyOf(new byte[4000]);
        var writes = run(() -> {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                all.add(client.async().write("/" + i, value));
            }
            return all;
        });
        server.next();
        server.hangUp();
        List<Boolean> maybe = new ArrayList<>();
        for (CompletableFuture<Void> write : result(writes)) {
            maybe.add(failure(write, ConnectionLostException.class).mayHaveBeenExecuted());
        }
        assertThat(maybe.getFirst()).isTrue();
        assertThat(maybe.getLast()).isFalse();
        assertThat(maybe.lastIndexOf(true)).isLessThan(maybe.indexOf(false));
    }

    @Test
    void repliesThatCameBeforeTheEndCount() throws Exception {
        var first = client.async().read("/1");
        var second = client.async().read("/2");
        server.serve(READ, "/1|", "one");
        server.next();
        server.hangUp();
        assertThat(result(first)).isEqualTo(Value.of("one"));
        failure(second, ConnectionLostException.class);
    }

    @Test
    void closingWakesThoseWhoWait() throws Exception {
        var read = run(() -> client.read("/a"));
        server.next();
        client.close();
        client.close();
        assertThat(failure(read, ConnectionLostException.class).reason()).contains("closed");
        assertThatThrownBy(server::next).hasMessageContaining("went away");
    }

    @Test
    @DisplayName("C-LIB-11: a reply of another type ends the connection")
    void aReplyOfAnotherTypeEndsTheConnection() throws Exception {
        var read = run(() -> client.read("/a"));
        Message request = server.next();
        server.send(Message.of(DIRECTORY, request.requestId(), 0, Value.EMPTY));
        assertThat(failure(read, ConnectionLostException.class).reason()).contains("READ", "type 1");
        assertThatThrownBy(server::next).hasMessageContaining("went away");
    }

    @ParameterizedTest
    @ValueSource(ints = {4097, -1})
    @DisplayName("C-LIB-11: a reply that announces more than 4096 bytes ends the connection")
    void aReplyThatIsTooLongEndsTheConnection(int length) throws Exception {
        var read = run(() -> client.read("/a"));
        Message request = server.next();
        ByteBuffer header = ByteBuffer.allocate(Header.SIZE);
        new Header(request.type(), request.requestId(), 0, length).write(header);
        server.sendBytes(header.array());
        assertThat(failure(read, ConnectionLostException.class).reason())
                .contains(Integer.toUnsignedString(length) + " bytes");
        assertThatThrownBy(server::next).hasMessageContaining("went away");
    }

    @Test
    void aReplyToNothingEndsTheConnection() throws Exception {
        var read = run(() -> client.read("/a"));
        Message request = server.next();
        server.send(Message.of(READ, request.requestId() + 1, 0, Value.EMPTY));
        assertThat(failure(read, ConnectionLostException.class).reason()).contains("never sent");
    }

    @Test
    void theLargestReplyIsFine() throws Exception {
        Value largest = Value.copyOf(new byte[4096]);
        var read = run(() -> client.read("/a"));
        server.byteByByte().send(server.next().reply(largest));
        assertThat(result(read)).isEqualTo(largest);
    }

    @Test
    void whereNobodyListensTheMessageSaysWhatToDo() throws Exception {
        server.close();
        assertThatThrownBy(() -> XenstoreClient.connect(server.endpoint()))
                .isInstanceOf(ConnectFailedException.class)
                .hasMessageContaining("socket: No such file or directory")
                .hasMessageContaining("XENSTORED_PATH");
    }
}
