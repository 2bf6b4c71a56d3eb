package org.jxenstored.it.life;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.transcript.Stream;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.RawRing;
import org.jxenstored.sim.host.SimDomain;

/** A guest's end of its ring page, without threads: it looks at the page when it is asked to. For the pump. */
final class GuestRing {
    /** Longer than anything the store may make a guest wait for: lost notifications, events that others do not read. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final SimDomain domain;
    private final VirtualTime time;
    private final Map<Integer, Message> replies = new HashMap<>();
    private Stream received = new Stream();
    private byte[] unsent = new byte[0];
    private int lastRequest;

    GuestRing(SimDomain domain, VirtualTime time) {
        this.domain = domain;
        this.time = time;
    }

    /** The daemon made the ring empty: what was half read or half sent is gone. */
    void begin() {
        received = new Stream();
        unsent = new byte[0];
        replies.clear();
    }

    /** Leaves a request in the ring, as far as there is room, and does not wait; returns its number. */
    int send(int transaction, int type, Value payload) {
        lastRequest++;
        byte[] more = new Message(type, lastRequest, transaction, payload).toByteArray();
        byte[] all = Arrays.copyOf(unsent, unsent.length + more.length);
        System.arraycopy(more, 0, all, unsent.length, more.length);
        unsent = all;
        push();
        return lastRequest;
    }

    /** Leaves only the first bytes of a request in the ring. */
    void sendPart(Message request, int bytes) {
        var _ = domain.ringPage().requests().write(request.toByteArray(), 0, bytes);
        domain.signalStore();
    }

    private void push() {
        int count = domain.ringPage().requests().write(unsent, 0, unsent.length);
        if (count > 0) {
            unsent = Arrays.copyOfRange(unsent, count, unsent.length);
            domain.signalStore();
        }
    }

    private void read() {
        byte[] chunk = new byte[RingStream.CAPACITY];
        int count = domain.ringPage().responses().read(chunk, 0, chunk.length);
        if (count > 0) {
            received.add(Arrays.copyOf(chunk, count));
            domain.signalStore();
        }
        for (var message = received.take(); message.isPresent(); message = received.take()) {
            replies.put(message.get().requestId(), message.get());
        }
    }

    /** Sends a request and waits for its reply while others do what they do; empty if none comes. */
    Optional<Message> ask(int transaction, int type, Value payload) throws InterruptedException {
        int request = send(transaction, type, payload);
        long end = time.millis() + PATIENCE.toMillis();
        while (time.millis() <= end) {
            time.settle();
            read();
            push();
            time.settle();
            @Nullable Message reply = replies.remove(request);
            if (reply != null) {
                replies.clear();
                return Optional.of(reply);
            }
            if (!isMoving()) {
                time.pass(BETWEEN_LOOKS);
            }
        }
        return Optional.empty();
    }

    private boolean isMoving() {
        return domain.ringPage().responses().available() > 0;
    }

    /** Asks for a fresh connection by the connection word (S-RING-11); false if the store did not give it. */
    boolean reconnect() throws InterruptedException {
        domain.ringPage().setConnection(RingPage.RECONNECT);
        domain.signalStore();
        time.pass(Duration.ofMillis(600));
        boolean fresh = domain.rawRing().word(RawRing.CONNECTION) == RingPage.CONNECTED;
        if (fresh) {
            begin();
        }
        return fresh;
    }
}
