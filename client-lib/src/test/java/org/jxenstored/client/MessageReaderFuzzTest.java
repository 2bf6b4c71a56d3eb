package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Fuzz;

/** Any bytes from the server, in any pieces, beside a reader that has them all at once. */
class MessageReaderFuzzTest {
    /** The messages of a stream, and whether it ends in an announcement that is too long. */
    private record Cut(List<Message> messages, boolean broken) {}

    private static Cut cutNaively(byte[] stream) {
        List<Message> messages = new ArrayList<>();
        int at = 0;
        while (stream.length - at >= Header.SIZE) {
            Header header = Header.read(ByteBuffer.wrap(stream, at, Header.SIZE));
            long length = Integer.toUnsignedLong(header.length());
            if (length > 4096) {
                return new Cut(messages, true);
            }
            int end = at + Header.SIZE + (int) length;
            if (end > stream.length) {
                break;
            }
            Value payload = Value.copyOf(Arrays.copyOfRange(stream, at + Header.SIZE, end));
            messages.add(new Message(header.type(), header.requestId(), header.transactionId(), payload));
            at = end;
        }
        return new Cut(messages, false);
    }

    private static Cut cutAsItComes(List<byte[]> pieces) {
        MessageReader reader = new MessageReader(new Pieces(pieces));
        List<Message> messages = new ArrayList<>();
        Throwable failure = catchThrowable(() -> {
            for (Message message = reader.next(); message != null; message = reader.next()) {
                messages.add(message);
            }
        });
        if (failure != null) {
            assertThat(failure).isInstanceOf(IOException.class).hasMessageContaining("more than the 4096");
        }
        return new Cut(messages, failure != null);
    }

    private static byte[] stream(Fuzz fuzz) {
        byte[][] parts = new byte[fuzz.upTo(6)][];
        for (int i = 0; i < parts.length; i++) {
            Value payload = Value.copyOf(fuzz.bytes(fuzz.oneIn(4) ? 4096 : 30));
            byte[] message = new Message(fuzz.anyInt(), fuzz.anyInt(), fuzz.anyInt(), payload).toByteArray();
            parts[i] = fuzz.oneIn(6) ? fuzz.damaged(message) : message;
        }
        return fuzz.oneIn(10) ? fuzz.bytes(100) : Fuzz.joined(parts);
    }

    @Test
    @DisplayName("C-LIB-11: any stream in any pieces gives its messages, up to the first that is too long")
    void anyStreamIsCutIntoItsMessages() {
        Fuzz.seeds(100, fuzz -> {
            for (int i = 0; i < 100; i++) {
                byte[] stream = stream(fuzz);
                List<byte[]> pieces = fuzz.pieces(stream, fuzz.oneIn(3) ? 3 : 3000);
                assertThat(cutAsItComes(pieces)).isEqualTo(cutNaively(stream));
            }
        });
    }

    @Test
    @DisplayName("C-LIB-11: what a server only announces takes no memory")
    void announcementsTakeNoMemory() {
        Fuzz.seeds(20, fuzz -> {
            byte[] header = new byte[Header.SIZE];
            int length = fuzz.oneIn(2) ? Limits.PAYLOAD_MAX : fuzz.anyInt() | Integer.MIN_VALUE;
            new Header(MessageType.READ.number(), 1, 0, length).write(ByteBuffer.wrap(header));
            List<byte[]> pieces = fuzz.pieces(Fuzz.joined(header, fuzz.bytes(100)), 4);
            long allocated = Fuzz.allocatedBy(() -> cutAsItComes(pieces));
            assertThat(allocated).isLessThan(8 << 20);
        });
    }

    /** A server that sends these pieces and hangs up. */
    private static final class Pieces implements Transport {
        private final List<byte[]> left;
        private @Nullable ByteBuffer piece;

        Pieces(List<byte[]> pieces) {
            this.left = new ArrayList<>(pieces);
        }

        @Override
        public int read(ByteBuffer to) {
            ByteBuffer current = piece;
            if (current == null || !current.hasRemaining()) {
                if (left.isEmpty()) {
                    return -1;
                }
                current = ByteBuffer.wrap(left.removeFirst());
                piece = current;
            }
            int count = Math.min(to.remaining(), current.remaining());
            to.put(current.slice(current.position(), count));
            current.position(current.position() + count);
            return count;
        }

        @Override
        public void write(ByteBuffer messages) {
            messages.position(messages.limit());
        }

        @Override
        public void close() {}

        @Override
        public boolean readsWithoutAThread() {
            return true;
        }
    }
}
