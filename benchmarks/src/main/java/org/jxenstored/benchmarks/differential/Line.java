package org.jxenstored.benchmarks.differential;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;

/** A connection to a daemon, one request at a time, and the events that came on it. */
final class Line implements AutoCloseable {
    private static final int BUFFER = 64 << 10;

    private final ByteChannel channel;
    private static final String PROBE = "7\0";
    private static final Answer PROBE_ANSWER = new Answer("", "/local/domain/7\0");

    private final ByteBuffer out = ByteBuffer.allocateDirect(2 * Header.SIZE + Limits.PAYLOAD_MAX + PROBE.length())
            .order(ByteOrder.nativeOrder());
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    private final List<String> events = new ArrayList<>();
    private int lastRequest;
    private int lastTransaction;
    private int lastType;

    Line(ByteChannel channel) {
        this.channel = channel;
    }

    static Line connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot connect to " + socket + ": " + e.getMessage(), e);
        }
        return new Line(channel);
    }

    /** Sends a request, and behind it one whose answer is known, so that a request without a reply is noticed. */
    void send(int type, int transaction, String payload) throws IOException {
        lastRequest += 2;
        lastTransaction = transaction;
        lastType = type;
        out.clear();
        put(new Header(type, lastRequest - 1, transaction, payload.length()), payload);
        put(new Header(MessageType.GET_DOMAIN_PATH.number(), lastRequest, 0, PROBE.length()), PROBE);
        write();
    }

    /** Sends the known request only. */
    void sendProbe() throws IOException {
        lastRequest++;
        out.clear();
        put(new Header(MessageType.GET_DOMAIN_PATH.number(), lastRequest, 0, PROBE.length()), PROBE);
        write();
    }

    private void put(Header header, String payload) {
        header.write(out);
        out.put(payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void write() throws IOException {
        out.flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
    }

    /** Waits for the reply to what was sent last: {@link Answer#NONE} if the one to the known request came instead. */
    Answer receive() throws IOException {
        Answer answer = Answer.NONE;
        while (true) {
            in.flip();
            while (in.remaining() >= Header.SIZE) {
                Header header = Header.read(in.duplicate().order(ByteOrder.nativeOrder()));
                if (!header.lengthIsLegal()) {
                    throw new IOException("a message that claims " + header.length() + " bytes of payload");
                }
                if (in.remaining() < Header.SIZE + header.length()) {
                    break;
                }
                byte[] payload = new byte[header.length()];
                in.position(in.position() + Header.SIZE).get(payload);
                String text = new String(payload, StandardCharsets.ISO_8859_1);
                if (header.type() == MessageType.WATCH_EVENT.number()) {
                    events.add(text);
                } else if (header.requestId() == lastRequest) {
                    in.compact();
                    checkProbe(Answer.of(header.type(), text));
                    return answer;
                } else {
                    check(header);
                    answer = Answer.of(header.type(), text);
                }
            }
            in.compact();
            if (channel.read(in) < 0) {
                throw new EOFException("the daemon closed a connection");
            }
        }
    }

    private static void checkProbe(Answer answer) throws IOException {
        if (!answer.equals(PROBE_ANSWER)) {
            throw new IOException("the answer to GET_DOMAIN_PATH 7 is " + answer);
        }
    }

    private void check(Header header) throws IOException {
        boolean typeFits = header.type() == lastType || header.type() == MessageType.ERROR.number();
        if (header.requestId() != lastRequest - 1 || header.transactionId() != lastTransaction || !typeFits) {
            throw new IOException("the reply to request " + (lastRequest - 1) + " of type " + lastType
                    + " in transaction " + lastTransaction + " has the header " + header);
        }
    }

    Answer call(MessageType type, String payload) throws IOException {
        send(type.number(), 0, payload);
        return receive();
    }

    /** A header only, with a length that is not allowed. Returns when the daemon has closed the connection. */
    Answer sendOversize() throws IOException {
        out.clear();
        new Header(MessageType.READ.number(), 1, 0, Limits.PAYLOAD_MAX + 1).write(out);
        out.flip();
        channel.write(out);
        try {
            while (channel.read(in) >= 0) {
                in.clear();
            }
        } catch (IOException reset) {
            return Answer.CLOSED;
        }
        return Answer.CLOSED;
    }

    /** The events since the last call, in their order. */
    List<String> takeEvents() {
        List<String> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    /** Forgets what came in half, because both ends of the ring begin anew. */
    void startOver() {
        in.clear();
        events.clear();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
