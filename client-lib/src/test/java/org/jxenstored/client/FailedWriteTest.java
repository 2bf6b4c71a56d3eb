package org.jxenstored.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.protocol.MessageType.*;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.Value;

/** A connection that breaks while a request is written. */
class FailedWriteTest {
    private final SocketServer next = new SocketServer();

    FailedWriteTest() throws IOException {}

    @AfterEach
    void end() throws IOException {
        next.close();
    }

    /** Gives one event, as a sign of life, and fails when something is written. */
    private static final class Breaking implements Transport {
        private final CountDownLatch alive = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);
        private final int written;
        private boolean gaveEvent;

        Breaking(int written) {
            this.written = written;
        }

        @Override
        public int read(ByteBuffer to) throws IOException {
            if (!gaveEvent) {
                gaveEvent = true;
                byte[] event = Message.event(Value.of("/x\0t\0")).toByteArray();
                to.put(event);
                return event.length;
            }
            alive.countDown();
            try {
                closed.await();
            } catch (InterruptedException interrupt) {
                throw new IOException(interrupt);
            }
            return -1;
        }

        @Override
        public void write(ByteBuffer messages) throws IOException {
            messages.position(messages.position() + written);
            throw new IOException("Broken pipe");
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

    private Session over(Breaking transport) throws InterruptedException {
        HeldPace pace = new HeldPace();
        pace.letPass(1);
        Session session = Session.over(transport, next.endpoint(), ReconnectingServer.FOR_A_MINUTE, pace);
        transport.alive.await();
        return session;
    }

    @Test
    void aRequestOfWhichNothingLeftGoesOutOnTheNextConnection() throws Exception {
        Session session = over(new Breaking(0));
        PendingReply write = session.send(WRITE, 0, Value.of("/a\0v"));
        next.serve(GET_DOMAIN_PATH, "0|", "/local/domain/0|");
        next.serve(WRITE, "/a|v", "OK|");
        assertThat(write.await()).isInstanceOf(Reply.Success.class);
        session.end("the test is over");
    }

    @Test
    void aRequestOfWhichOneByteLeftMayHaveBeenDone() throws Exception {
        Session session = over(new Breaking(1));
        PendingReply write = session.send(WRITE, 0, Value.of("/a\0v"));
        assertThat(write.await()).isEqualTo(new Reply.Lost("writing to the server failed: Broken pipe", true));
        session.end("the test is over");
    }
}
