package org.jxenstored.benchmarks.micro;

import java.nio.ByteBuffer;
import java.util.function.Function;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.Link;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** One client of an engine, whose bytes go through memory: frames in, frames out. */
final class Client {
    private static final int OUTPUT_BYTES = 64 << 10;

    private final Engine engine;
    private final Connection connection;
    private final ByteBuffer output = ByteBuffer.allocate(OUTPUT_BYTES);

    private Client(Engine engine, Connection connection) {
        this.engine = engine;
        this.connection = connection;
    }

    static Client of(Engine engine, Function<Link, Connection> connect) {
        return new Client(engine, connect.apply(new QuietLink()));
    }

    Connection connection() {
        return connection;
    }

    /** The bytes of a request. */
    static byte[] frame(MessageType type, int transactionId, String payload) {
        return Message.of(type, 1, transactionId, Value.of(payload)).toByteArray();
    }

    /** Cuts the request out of its bytes, as a server does. */
    static Message decode(byte[] frame) {
        Header header = Header.read(ByteBuffer.wrap(frame));
        return new Message(
                header.type(),
                header.requestId(),
                header.transactionId(),
                Value.copyOf(frame, Header.SIZE, header.length()));
    }

    /** The whole way of a request: from its bytes to those of the reply, which stay in the buffer returned. */
    ByteBuffer serve(byte[] frame) {
        engine.handle(connection, decode(frame));
        return drain();
    }

    /** Takes what waits for this client: as much as the buffer returned takes. */
    ByteBuffer drain() {
        output.clear();
        connection.output().drainTo(output);
        return output.flip();
    }

    /** Sends one request outside transactions; an ERROR fails. */
    String ask(MessageType type, String payload) {
        return text(serve(frame(type, 0, payload)));
    }

    void write(String path, String value) {
        ask(MessageType.WRITE, path + '\0' + value);
    }

    /** The payload of the first message in there, which is no ERROR. */
    static String text(ByteBuffer messages) {
        Header header = Header.read(messages);
        byte[] payload = new byte[header.length()];
        messages.get(payload);
        String text = Value.owning(payload).text();
        if (header.type() == MessageType.ERROR.number()) {
            throw new IllegalStateException("a request of the benchmark failed: " + text);
        }
        return text;
    }

    /** Nobody has to be woken: the benchmark looks for output itself. */
    private static final class QuietLink implements Link {
        @Override
        public void wake() {}

        @Override
        public void resume() {}

        @Override
        public void cutOff(String reason) {
            throw new IllegalStateException("a client of the benchmark was cut off: " + reason);
        }

        @Override
        public String describe() {
            return "a client of the benchmark";
        }
    }
}
