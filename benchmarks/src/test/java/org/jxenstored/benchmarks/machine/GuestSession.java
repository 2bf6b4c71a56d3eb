package org.jxenstored.benchmarks.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;

/** A short life of a guest at any daemon that runs on the machine of files. */
public final class GuestSession {
    private static final int DOMID = 7;

    /** More than a ring holds at once. */
    private static final String BIG_VALUE = "v".repeat(1500);

    private static final int DEPTH = 16;

    private GuestSession() {}

    /** Lives it. */
    public static void live(Path socket, Path machine) throws IOException {
        try (Toolstack toolstack = Toolstack.connect(socket)) {
            assertThatThrownBy(() -> toolstack.introduce(DOMID, 1, 5)).hasMessageContaining("EINVAL");
            try (RingGuest guest = RingGuest.connect(machine, DOMID, toolstack)) {
                toolstack.makeHome(DOMID);
                assertThat(introduced(toolstack)).isTrue();
                exchange(guest, toolstack);
                sendsAWholePipeline(guest);
            }
            await().until(() -> !introduced(toolstack));
        }
    }

    private static boolean introduced(Toolstack toolstack) throws IOException {
        return toolstack.call(MessageType.IS_DOMAIN_INTRODUCED, DOMID + "\0").equals("T\0");
    }

    private static void exchange(RingGuest guest, Toolstack toolstack) throws IOException {
        assertThat(call(guest, MessageType.WRITE, "data/x\0hello")).isEqualTo("OK\0");
        assertThat(toolstack.call(MessageType.READ, "/local/domain/7/data/x\0")).isEqualTo("hello");
        assertThat(call(guest, MessageType.WRITE, "data/big\0" + BIG_VALUE)).isEqualTo("OK\0");
        assertThat(call(guest, MessageType.READ, "data/big\0")).isEqualTo(BIG_VALUE);
    }

    /** The answers are many times what the ring holds, so both sides wait for room again and again. */
    private static void sendsAWholePipeline(RingGuest guest) throws IOException {
        ByteBuffer requests = ByteBuffer.allocate(4096);
        for (int i = 0; i < DEPTH; i++) {
            put(requests, MessageType.READ, i, "data/big\0");
        }
        guest.write(requests.flip());
        for (int i = 0; i < DEPTH; i++) {
            ByteBuffer header = receive(guest, Header.SIZE);
            Header reply = Header.read(header);
            assertThat(reply.requestId()).isEqualTo(i);
            assertThat(text(receive(guest, reply.length()))).isEqualTo(BIG_VALUE);
        }
    }

    private static String call(RingGuest guest, MessageType type, String payload) throws IOException {
        ByteBuffer request = ByteBuffer.allocate(4096);
        put(request, type, 1, payload);
        guest.write(request.flip());
        Header reply = Header.read(receive(guest, Header.SIZE));
        return text(receive(guest, reply.length()));
    }

    private static void put(ByteBuffer into, MessageType type, int requestId, String payload) {
        byte[] bytes = payload.getBytes(StandardCharsets.ISO_8859_1);
        new Header(type.number(), requestId, 0, bytes.length).write(into);
        into.put(bytes);
    }

    private static ByteBuffer receive(ByteChannel from, int bytes) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(bytes);
        while (into.hasRemaining()) {
            if (from.read(into) < 0) {
                throw new EOFException();
            }
        }
        return into.flip();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.ISO_8859_1.decode(bytes).toString();
    }
}
