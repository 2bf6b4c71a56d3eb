package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** The server of a test: takes requests one by one and says what the test wants it to say. */
abstract class ServerSide implements AutoCloseable {

    abstract Endpoint endpoint();

    /** Waits for exactly this many bytes. */
    abstract byte[] receive(int count) throws Exception;

    abstract void sendBytes(byte[] bytes) throws Exception;

    @Override
    public abstract void close() throws IOException;

    /** The next request. */
    Message next() throws Exception {
        Header header = Header.read(ByteBuffer.wrap(receive(Header.SIZE)));
        Value payload = Value.owning(receive(header.length()));
        return new Message(header.type(), header.requestId(), header.transactionId(), payload);
    }

    /** The next request, which has to be this one; a NUL is written as {@code |}. */
    Message expect(MessageType type, String payload) throws Exception {
        Message request = next();
        assertThat(MessageType.of(request.type())).contains(type);
        assertThat(request.payload()).isEqualTo(bytes(payload));
        return request;
    }

    Message expectIn(int transactionId, MessageType type, String payload) throws Exception {
        Message request = expect(type, payload);
        assertThat(request.transactionId()).isEqualTo(transactionId);
        return request;
    }

    /** Expects a request and answers it. */
    void serve(MessageType type, String payload, String answer) throws Exception {
        reply(expect(type, payload), answer);
    }

    /** Expects a request and refuses it. */
    void refuse(MessageType type, String payload, Errno errno) throws Exception {
        send(expect(type, payload).error(errno));
    }

    void reply(Message request, String answer) throws Exception {
        send(request.reply(bytes(answer)));
    }

    void event(String path, String token) throws Exception {
        send(Message.event(bytes(path + '|' + token + '|')));
    }

    void send(Message message) throws Exception {
        sendBytes(message.toByteArray());
    }

    static Value bytes(String text) {
        return Value.of(text.replace('|', '\0'));
    }
}
