package org.jxenstored.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.domain.FakeDomainStates;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.engine.Link;
import org.jxenstored.engine.RecordingTrace;
import org.jxenstored.engine.RingHost.Attachment;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.server.RequestReader.State;
import org.jxenstored.testing.Fuzz;

/** Any bytes from a client, in any pieces: each whole request has one reply, in order, and nothing else happens. */
class RequestReaderFuzzTest {
    private static final List<String> PAYLOADS = List.of(
            "/a\0",
            "/a\0value",
            "a/b\0v",
            "/\0",
            "\0",
            "",
            "T\0",
            "/a\0n0\0r5\0",
            "/\0token\0",
            "@releaseDomain\0t\0",
            "/a\0t\0000\0",
            "7\0001\0005\0",
            "nodes\0",
            "5\0nodes\00012\0");

    /** A message as its ids, which a reply has too. */
    private record Ids(int requestId, int transactionId) {}

    private static byte[] request(Fuzz fuzz) {
        Value payload = Value.of(fuzz.oneIn(3) ? fuzz.damaged(fuzz.oneOf(PAYLOADS)) : fuzz.oneOf(PAYLOADS));
        int type = fuzz.oneIn(10) ? fuzz.anyInt() : fuzz.upTo(26);
        byte[] request = new Message(type, fuzz.anyInt(), fuzz.oneIn(2) ? 0 : fuzz.upTo(4), payload).toByteArray();
        return fuzz.oneIn(25) ? fuzz.damaged(request) : request;
    }

    private static byte[] stream(Fuzz fuzz) {
        byte[][] requests = new byte[fuzz.upTo(150)][];
        Arrays.setAll(requests, _ -> request(fuzz));
        return fuzz.oneIn(20) ? fuzz.bytes(200) : Fuzz.joined(requests);
    }

    /** What a stream holds, cut naively: the ids of whole requests, and whether it ends in a header that is illegal. */
    private record Cut(List<Ids> requests, boolean broken) {}

    private static Cut cut(byte[] stream) {
        List<Ids> requests = new ArrayList<>();
        int at = 0;
        while (stream.length - at >= Header.SIZE) {
            Header header = Header.read(ByteBuffer.wrap(stream, at, Header.SIZE));
            long length = Integer.toUnsignedLong(header.length());
            if (length > 4096) {
                return new Cut(requests, true);
            }
            if (at + Header.SIZE + length > stream.length) {
                break;
            }
            requests.add(new Ids(header.requestId(), header.transactionId()));
            at += Header.SIZE + (int) length;
        }
        return new Cut(requests, false);
    }

    @Test
    @DisplayName("P-HDR-9, P-ORD-1, P-ERR-6: any stream in any pieces is answered request by request")
    void anyStreamIsAnsweredRequestByRequest() {
        Fuzz.seeds(20, fuzz -> {
            Daemon daemon = new Daemon();
            for (int i = 0; i < 20; i++) {
                byte[] stream = stream(fuzz);
                Cut expected = cut(stream);
                Client client = daemon.connect();
                for (byte[] piece : fuzz.pieces(stream, fuzz.oneIn(3) ? 5 : 4000)) {
                    client.send(piece);
                }
                assertThat(client.replies).isEqualTo(expected.requests);
                assertThat(client.cutOff).isEqualTo(expected.broken);
                client.hangUp();
            }
            assertThat(daemon.trace.defects).isEmpty();
            assertThat(new ConsistencyCheck(daemon.engine).findings()).isEmpty();
            assertThat(daemon.engine.watches().all()).as("watches of the gone").isEmpty();
        });
    }

    @Test
    @DisplayName("P-HDR-9: a header of any length takes no memory for what it announces")
    void announcementsTakeNoMemory() {
        Fuzz.seeds(10, fuzz -> {
            Client client = new Daemon().connect();
            ByteBuffer header = ByteBuffer.allocate(Header.SIZE);
            int length = fuzz.oneIn(2) ? 4096 + 1 + fuzz.upTo(1 << 30) : fuzz.anyInt() | Integer.MIN_VALUE;
            new Header(MessageType.READ.number(), 1, 0, length).write(header);
            long allocated = Fuzz.allocatedBy(() -> client.send(header.array()));
            assertThat(allocated).as("for a length of %x", length).isLessThan(16 << 20);
            assertThat(client.cutOff).isTrue();
        });
    }

    /** An engine on a host without other domains. */
    private static final class Daemon {
        final RecordingTrace trace = new RecordingTrace();
        final Engine engine = new Engine(
                EngineConfig.DEFAULT,
                new FakeDomainStates(),
                (_, _, _) -> new Attachment.Refused(Errno.EINVAL, "no rings here"),
                () -> 0,
                trace);

        Client connect() {
            return new Client(engine);
        }
    }

    /** A client that reads all it gets at once. */
    private static final class Client implements Link {
        private final Engine engine;
        private final Connection connection;
        private final RequestReader reader;
        private final ByteBuffer output = ByteBuffer.allocate(1 << 20);
        final List<Ids> replies = new ArrayList<>();
        boolean cutOff;

        @SuppressWarnings("ThisEscapedInObjectConstruction")
        Client(Engine engine) {
            this.engine = engine;
            connection = engine.connectSocket(this);
            reader = new RequestReader(engine, Share.ofPieces(() -> 0, 64), connection, 256 << 10);
        }

        void send(byte... bytes) {
            if (cutOff) {
                return;
            }
            reader.feed(Unpooled.copiedBuffer(bytes));
            State state;
            do {
                reader.beginTurn();
                state = reader.serve();
                read();
            } while (state == State.HAS_MORE || state == State.HELD_BACK);
            assertThat(state == State.BROKEN).isEqualTo(cutOff);
        }

        private void read() {
            while (!connection.output().isEmpty()) {
                connection.output().drainTo(output);
                output.flip();
                while (output.remaining() >= Header.SIZE) {
                    int start = output.position();
                    Header header = Header.read(output);
                    if (output.remaining() < header.length()) {
                        output.position(start);
                        break;
                    }
                    output.position(output.position() + header.length());
                    if (header.type() != MessageType.WATCH_EVENT.number()) {
                        replies.add(new Ids(header.requestId(), header.transactionId()));
                    }
                }
                output.compact();
            }
        }

        void hangUp() {
            reader.clear();
            engine.disconnect(connection);
        }

        @Override
        public void wake() {}

        @Override
        public void resume() {}

        @Override
        public void cutOff(String reason) {
            cutOff = true;
        }

        @Override
        public String describe() {
            return "a client that sends anything";
        }
    }
}
