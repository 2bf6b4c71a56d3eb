package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A request that the transport itself refuses. */
class RefusedRequestTest {

    /** Refuses watches and swallows the rest. */
    private static final class Refusing implements Transport {
        private final CountDownLatch closed = new CountDownLatch(1);
        private int swallowed;

        @Override
        public int read(ByteBuffer to) throws IOException {
            try {
                closed.await();
            } catch (InterruptedException interrupt) {
                throw new IOException(interrupt);
            }
            return -1;
        }

        @Override
        public void write(ByteBuffer messages) throws IOException {
            while (messages.hasRemaining()) {
                Header header = Header.read(messages);
                messages.position(messages.position() + header.length());
                if (header.type() == MessageType.WATCH.number()) {
                    throw new RequestRefusedException(header.requestId(), Errno.EINVAL, new IOException("no"));
                }
                swallowed++;
            }
        }

        @Override
        public void close() {
            closed.countDown();
        }

        @Override
        public boolean readsWithoutAThread() {
            return true;
        }
    }

    @Test
    void itFailsAloneAndWhatIsBehindItIsSent() throws Exception {
        Refusing transport = new Refusing();
        Session session =
                Session.over(transport, new Endpoint.UnixSocket(Path.of("nowhere")), Reconnection.never(), Pace.real());
        PendingReply before = session.enqueue(MessageType.READ, 0, Value.of("/a\0"));
        PendingReply watch = session.enqueue(MessageType.WATCH, 0, Value.of("bad//\0t\0"));
        PendingReply behind = session.enqueue(MessageType.READ, 0, Value.of("/b\0"));
        session.flush();
        assertThat(watch.await()).isEqualTo(new Reply.Failure(Errno.EINVAL));
        assertThat(transport.swallowed).isEqualTo(2);
        assertThat(session.reasonOfEnd()).isNull();

        session.end("enough");
        assertThat(before.await()).isEqualTo(new Reply.Lost("enough", true));
        assertThat(behind.await()).isEqualTo(new Reply.Lost("enough", true));
    }
}
