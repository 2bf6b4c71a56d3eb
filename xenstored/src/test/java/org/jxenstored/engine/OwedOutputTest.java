package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.engine.EngineTrace.Progress;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Seeds;

/** What of a connection's output has to outlive the daemon. */
class OwedOutputTest {
    private static final OutQueue.Listener NOBODY = new OutQueue.Listener() {
        @Override
        public void changedBy(long bytes) {}

        @Override
        public void sent(Message message, Progress progress) {}

        @Override
        public void droppedEvent(Message event) {}

        @Override
        public void sends() {}

        @Override
        public boolean wantsMessages() {
            return false;
        }
    };

    private final OutQueue queue = new OutQueue(NOBODY, new Chunks(), PayloadHash.FORESEEN);
    private int number;

    private byte[] reply(int size) {
        Message reply = Message.of(MessageType.READ, ++number, 0, Value.of("r".repeat(size)));
        queue.addReply(reply, null);
        return reply.toByteArray();
    }

    private byte[] event(int size, long deadline) {
        EventDraft event = new EventDraft();
        assertThat(event.show(++number + "e".repeat(size), "t")).isTrue();
        queue.addEvent(event, null, deadline, true);
        return event.message().toByteArray();
    }

    private byte[] drain(int size) {
        ByteBuffer to = ByteBuffer.allocate(size);
        queue.drainTo(to);
        return Arrays.copyOf(to.array(), to.position());
    }

    private byte[] owed() {
        return queue.lastOwed(queue.owedBytes()).toByteArray();
    }

    @Test
    @DisplayName("replies are owed with what goes before them; events behind the last reply are not")
    void repliesAreOwed() {
        byte[] event = event(10, OutQueue.NO_DEADLINE);
        byte[] reply = reply(20);
        event(30, OutQueue.NO_DEADLINE);
        assertThat(owed()).isEqualTo(joined(event, reply));
        assertThat(queue.lastOwed(5).toByteArray())
                .isEqualTo(Arrays.copyOfRange(reply, reply.length - 5, reply.length));
    }

    @Test
    @DisplayName("of a message of which a part was sent the rest is owed, of an event too")
    void aBegunMessageIsOwed() {
        byte[] event = event(10, OutQueue.NO_DEADLINE);
        drain(7);
        assertThat(owed()).isEqualTo(Arrays.copyOfRange(event, 7, event.length));
    }

    @Test
    @DisplayName("an event that is dropped before a reply changes what is owed, and that is told")
    void droppedEventsAreTold() {
        int before = queue.changesOfOwed();
        event(10, 5);
        byte[] reply = reply(20);
        queue.dropExpired(6);
        assertThat(owed()).isEqualTo(reply);
        assertThat(queue.changesOfOwed()).isNotEqualTo(before);
    }

    @Test
    @DisplayName("what an earlier daemon owed is sent first and is owed still")
    void whatWasOwedBeforeIsOwed() {
        queue.resume(Value.of("earlier"));
        byte[] reply = reply(3);
        assertThat(drain(2)).isEqualTo("ea".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        assertThat(owed()).isEqualTo(joined("rlier".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), reply));
    }

    @Test
    @DisplayName("however it is filled, emptied and resumed: what is owed is the beginning of what comes out")
    void whatIsOwedComesOut() {
        Seeds.forEach(300, this::live);
    }

    private void live(RandomGenerator random) {
        for (int i = 0; i < 60; i++) {
            switch (random.nextInt(6)) {
                case 0, 1 -> reply(random.nextInt(40));
                case 2, 3 -> event(random.nextInt(40), i + 10);
                case 4 -> drain(random.nextInt(80));
                default -> queue.dropExpired(i);
            }
            byte[] owed = owed();
            int part = random.nextInt(owed.length + 1);
            assertThat(queue.lastOwed(part).toByteArray())
                    .isEqualTo(Arrays.copyOfRange(owed, owed.length - part, owed.length));
        }
        byte[] owed = owed();
        byte[] rest = drain(1 << 16);
        assertThat(Arrays.copyOf(rest, owed.length)).isEqualTo(owed);
        assertThat(queue.owedBytes()).isZero();
        queue.clear();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
