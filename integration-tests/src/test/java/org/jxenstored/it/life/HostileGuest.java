package org.jxenstored.it.life;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.it.transcript.Stream;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.host.RawRing;
import org.jxenstored.sim.host.SimDomain;

/**
 * An unprivileged domain whose kernel does what no kernel should: it leaves what it likes in its ring page, and takes
 * replies and events out only when a test says so.
 */
public final class HostileGuest {
    /** Longer than anything the store may make a guest wait for. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final SimDomain domain;
    private final VirtualTime time;
    private final Map<Integer, Message> replies = new HashMap<>();
    private final List<String> events = new ArrayList<>();
    private Stream received = new Stream();
    private byte[] unsent = new byte[0];
    private int lastRequest;

    HostileGuest(SimDomain domain, VirtualTime time) {
        this.domain = domain;
        this.time = time;
    }

    public SimDomain domain() {
        return domain;
    }

    public int domid() {
        return domain.domid();
    }

    /** The page, any byte of it. */
    public RawRing page() {
        return domain.rawRing();
    }

    /** The error word of the page. */
    public int error() {
        return domain.ringPage().error();
    }

    // ---- an ordinary conversation

    /** Asks outside of transactions; gives the reply's text without a NUL at its end, or the name of the error. */
    public String ask(MessageType type, String... arguments) throws InterruptedException {
        return ask(0, type, arguments);
    }

    /** The same in a transaction. */
    public String ask(int transaction, MessageType type, String... arguments) throws InterruptedException {
        return ask(transaction, type, Arguments.join(arguments));
    }

    /** The same with any payload. */
    public String ask(int transaction, MessageType type, Value payload) throws InterruptedException {
        return await(send(transaction, type, payload))
                .orElseThrow(() -> new AssertionError("domain " + domid() + " got no answer to " + type))
                .payload()
                .text()
                .replaceFirst("\0$", "");
    }

    public String write(String path, String value) throws InterruptedException {
        return write(0, path, value);
    }

    public String write(int transaction, String path, String value) throws InterruptedException {
        return ask(transaction, MessageType.WRITE, writing(path, value));
    }

    /** What a WRITE carries. */
    public static Value writing(String path, String value) {
        return Value.of(path + '\0' + value);
    }

    public String read(String path) throws InterruptedException {
        return ask(MessageType.READ, path);
    }

    /** Starts a transaction and gives its number. */
    public int begin() throws InterruptedException {
        return Integer.parseInt(ask(0, MessageType.TRANSACTION_START, ""));
    }

    public String commit(int transaction) throws InterruptedException {
        return ask(transaction, MessageType.TRANSACTION_END, "T");
    }

    public String abort(int transaction) throws InterruptedException {
        return ask(transaction, MessageType.TRANSACTION_END, "F");
    }

    /** The events that came, as {@code path token}, since this was last asked for. */
    public List<String> events() throws InterruptedException {
        takeAll();
        List<String> all = List.copyOf(events);
        events.clear();
        return all;
    }

    // ---- less ordinary ones

    /** Leaves a request in the ring, as far as there is room, and does not wait; returns its number. */
    public int send(int transaction, MessageType type, Value payload) {
        lastRequest++;
        byte[] more = Message.of(type, lastRequest, transaction, payload).toByteArray();
        byte[] all = Arrays.copyOf(unsent, unsent.length + more.length);
        System.arraycopy(more, 0, all, unsent.length, more.length);
        unsent = all;
        push();
        return lastRequest;
    }

    /** Sends the same request again and again without taking any reply, until the store takes no more of them. */
    public int flood(MessageType type, Value payload, int most) throws InterruptedException {
        int sent = 0;
        while (sent < most) {
            var _ = send(0, type, payload);
            sent++;
            time.settle();
            push();
            if (unsent.length > 0) {
                time.settle();
                push();
            }
            if (unsent.length > 0) {
                break;
            }
        }
        return sent;
    }

    /** Puts bytes into the ring as they are. */
    public void sendBytes(byte... bytes) {
        var _ = domain.ringPage().requests().write(bytes, 0, bytes.length);
        domain.signalStore();
    }

    /** A header with any numbers in it. */
    public static byte[] header(int type, int requestId, int transactionId, int length) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putInt(type)
                .putInt(requestId)
                .putInt(transactionId)
                .putInt(length)
                .array();
    }

    private void push() {
        int count = domain.ringPage().requests().write(unsent, 0, unsent.length);
        if (count > 0) {
            unsent = Arrays.copyOfRange(unsent, count, unsent.length);
            domain.signalStore();
        }
    }

    /** Takes everything the store has for it now, and gives it what was not sent yet. */
    public void takeAll() throws InterruptedException {
        boolean moved;
        do {
            time.settle();
            moved = take() > 0;
            push();
            time.settle();
        } while (moved);
    }

    private int take() {
        byte[] chunk = new byte[RingStream.CAPACITY];
        int count = domain.ringPage().responses().read(chunk, 0, chunk.length);
        if (count > 0) {
            received.add(Arrays.copyOf(chunk, count));
            domain.signalStore();
        }
        for (var message = received.take(); message.isPresent(); message = received.take()) {
            keep(message.get());
        }
        return count;
    }

    private void keep(Message message) {
        if (message.isOfType(MessageType.WATCH_EVENT)) {
            events.add(String.join(" ", Arguments.all(message.payload())));
        } else {
            replies.put(message.requestId(), message);
        }
    }

    /** Takes what comes until the reply to this request is there; empty if it does not come. */
    public Optional<Message> await(int request) throws InterruptedException {
        long end = time.millis() + PATIENCE.toMillis();
        while (true) {
            takeAll();
            @Nullable Message reply = replies.remove(request);
            if (reply != null || time.millis() >= end) {
                return Optional.ofNullable(reply);
            }
            time.pass(BETWEEN_LOOKS);
        }
    }

    /** How many replies have come that nobody has asked for. */
    public int unclaimedReplies() {
        return replies.size();
    }

    /** The store made the ring empty: what was half sent or half read is gone. */
    public void forget() {
        received = new Stream();
        unsent = new byte[0];
        replies.clear();
        events.clear();
    }

    /** Asks for a fresh connection through the page (S-RING-11); false if the store did not give it. */
    public boolean reconnect() throws InterruptedException {
        domain.ringPage().setConnection(RingPage.RECONNECT);
        domain.signalStore();
        time.pass(Duration.ofSeconds(1));
        forget();
        return page().word(RawRing.CONNECTION) == RingPage.CONNECTED;
    }

    /** A text of this many bytes. */
    public static String text(int length) {
        return new String(filled(length), ISO_8859_1);
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    @Override
    public String toString() {
        return domain.toString();
    }
}
