package org.jxenstored.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.engine.EngineTrace.Progress;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.testing.Seeds;

/** A queue beside one that is as simple as can be: whatever is done to both, the same comes out of them. */
class OutQueueTest {
    private final Chunks chunks = new Chunks();

    @Test
    @DisplayName("P-ORD-6, S-DUP-1, S-LOSS-2: replies and events come out in their row, no event that waits is queued"
            + " twice, and those whose time is over do not come out")
    void theSameComesOutAsOfASimpleQueue() {
        Seeds.forEach(60, random -> new Pair(chunks, random).live());
    }

    @Test
    @DisplayName(
            "what a hundred thousand events stood in is used again by those of the next connection, and not kept for"
                    + " ever if it was much")
    void memoryIsUsedAgain() {
        Pair deaf = new Pair(chunks, RandomGenerator.getDefault());
        int events = 200_000;
        for (int i = 0; i < events; i++) {
            assertThat(deaf.queue.addEvent(event(i, 30), null, OutQueue.NO_DEADLINE, true))
                    .isTrue();
        }
        assertThat(deaf.queue.addEvent(event(events / 2, 30), null, OutQueue.NO_DEADLINE, true))
                .isFalse();
        assertThat(deaf.queue.bytes()).isEqualTo(events * (long) event(0, 30).size());
        deaf.queue.clear();
        assertThat(deaf.queue.isEmpty()).isTrue();
        assertThat(deaf.booked).isZero();
        assertThat(chunks.spare()).isEqualTo(Chunks.SPARE_MAX);
    }

    private static EventDraft event(int number, int size) {
        String digits = Integer.toString(number);
        EventDraft event = new EventDraft();
        assertThat(event.show("/" + "p".repeat(size - digits.length()) + digits, "t"))
                .isTrue();
        return event;
    }

    /** The queue and the simple one. */
    private static final class Pair implements OutQueue.Listener {
        private record Simple(Message message, long deadline) {}

        private final RandomGenerator random;
        private final boolean wantsMessages;
        private final OutQueue queue;
        private final Deque<Simple> simple = new ArrayDeque<>();
        private final List<Message> dropped = new ArrayList<>();
        private int sentOfFirst;
        private long booked;
        private long now;

        Pair(Chunks chunks, RandomGenerator random) {
            this.random = random;
            this.wantsMessages = random.nextBoolean();
            this.queue = new OutQueue(this, chunks, new PayloadHash(random.nextLong(), random.nextLong()));
        }

        void live() {
            for (int step = 0; step < 1500; step++) {
                // Hundreds of messages gather, and then they are read; both more than once.
                boolean gathers = step / 300 % 2 == 0;
                int what = random.nextInt(100);
                if (what < (gathers ? 85 : 30)) {
                    add();
                } else if (what < 97) {
                    read(random.nextInt(gathers ? 60 : 3000));
                } else if (what < 99) {
                    now += random.nextInt(8);
                    expire();
                } else if (random.nextInt(8) == 0) {
                    queue.clear();
                    simple.clear();
                    sentOfFirst = 0;
                }
                long bytes =
                        simple.stream().mapToLong(each -> each.message.size()).sum();
                assertThat(booked).isEqualTo(bytes).isEqualTo(queue.bookedBytes());
                assertThat(queue.bytes()).isEqualTo(bytes - sentOfFirst);
                assertThat(queue.isEmpty()).isEqualTo(simple.isEmpty());
            }
            read(1 << 24);
            assertThat(queue.isEmpty()).isTrue();
        }

        private void add() {
            int size = random.nextInt(20) == 0 ? 4000 : random.nextInt(6, 60);
            if (random.nextInt(10) == 0) {
                Message reply = Message.of(MessageType.READ, random.nextInt(), 0, Value.of("r".repeat(size)));
                queue.addReply(reply, null);
                simple.addLast(new Simple(reply, OutQueue.NO_DEADLINE));
                return;
            }
            int number = random.nextInt(400);
            EventDraft event = event(number, size);
            // Those of special names are never merged; no other events are like them.
            boolean mayMerge = number % 10 != 0;
            boolean waits = simple.stream().anyMatch(each -> each.message.equals(event.message()));
            assertThat(queue.addEvent(event, null, now + 20, mayMerge)).isEqualTo(!(waits && mayMerge));
            if (!(waits && mayMerge)) {
                simple.addLast(new Simple(event.message(), now + 20));
            }
        }

        private void read(int size) {
            ByteBuffer to = ByteBuffer.allocate(size);
            queue.drainTo(to);
            ByteBuffer expected = ByteBuffer.allocate(size);
            while (expected.hasRemaining() && !simple.isEmpty()) {
                Message message = simple.getFirst().message;
                int part = Math.min(message.size() - sentOfFirst, expected.remaining());
                message.write(expected, sentOfFirst, part);
                sentOfFirst += part;
                if (sentOfFirst == message.size()) {
                    simple.removeFirst();
                    sentOfFirst = 0;
                }
            }
            assertThat(to.flip()).isEqualTo(expected.flip());
        }

        private void expire() {
            List<Message> expected = new ArrayList<>();
            boolean begun = sentOfFirst > 0;
            for (Iterator<Simple> each = simple.iterator(); each.hasNext(); begun = false) {
                Simple next = each.next();
                if (next.deadline <= now && !begun) {
                    each.remove();
                    expected.add(next.message);
                }
            }
            dropped.clear();
            queue.dropExpired(now);
            assertThat(dropped).isEqualTo(expected);
        }

        @Override
        public void changedBy(long bytes) {
            booked += bytes;
        }

        @Override
        public void sent(Message message, Progress progress) {}

        @Override
        public void sends() {}

        @Override
        public boolean wantsMessages() {
            return wantsMessages;
        }

        @Override
        public void droppedEvent(Message event) {
            dropped.add(event);
        }
    }
}
