package org.jxenstored.benchmarks.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jxenstored.benchmarks.machine.RingGuest;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.RingPage;
import org.jxenstored.protocol.RingStream;
import org.jxenstored.protocol.Value;

/**
 * A guest that takes one {@link Route} after the other, as fast as the daemon lets it.
 *
 * <p>It never waits: it puts into its ring what fits, and takes out what is there, if it reads at the moment at all.
 */
final class Attacker {
    /** It takes no new route while so much is still to be sent. */
    private static final int BACKLOG = 4 << 10;

    /** As long as this nothing of it is taken before it looks for a way out. */
    private static final long IMPATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final RingGuest ring;
    private final Random random;
    private final Tally tally;
    private final byte[] chunk = new byte[RingStream.CAPACITY];
    private final ByteBuffer in = ByteBuffer.allocate(Header.SIZE + Limits.PAYLOAD_MAX + RingStream.CAPACITY)
            .order(ByteOrder.nativeOrder());
    private final ArrayDeque<Integer> transactions = new ArrayDeque<>();
    private byte[] out = new byte[64 << 10];
    private int from;
    private int to;
    private int dribbles;
    private long deafUntil;
    private long lastMoved = System.nanoTime();
    private boolean doomed;

    Attacker(RingGuest ring, long seed, Tally tally) {
        this.ring = ring;
        this.random = new Random(seed);
        this.tally = tally;
    }

    int domid() {
        return ring.domid();
    }

    Random random() {
        return random;
    }

    RingPage page() {
        return ring.page();
    }

    /** True once it has chosen to die. */
    boolean isDoomed() {
        return doomed;
    }

    /** Does something; false if there was nothing it could do. */
    boolean turn() throws IOException {
        boolean pushed = push();
        boolean moved = pull() || pushed;
        long now = System.nanoTime();
        if (moved) {
            lastMoved = now;
        } else if (now - lastMoved > IMPATIENCE_NANOS && now > deafUntil) {
            lastMoved = now;
            reconnect();
        }
        if (to - from < BACKLOG && !doomed) {
            Route route = Route.any(random);
            tally.took(route);
            route.take(this);
            return true;
        }
        return moved;
    }

    // What routes do

    void ask(int transaction, MessageType type, String... arguments) {
        ask(transaction, type, Value.of(String.join("\0", arguments) + '\0'));
    }

    void ask(int transaction, MessageType type, Value payload) {
        bytes(Message.of(type, type.number(), transaction, payload).toByteArray());
    }

    void write(int transaction, String path, int size) {
        ask(transaction, MessageType.WRITE, Value.of(path + '\0' + "v".repeat(size)));
    }

    /** Sends bytes as they are. */
    void bytes(byte... more) {
        if (to + more.length > out.length) {
            byte[] room = to - from + more.length > out.length ? new byte[2 * (to - from + more.length)] : out;
            System.arraycopy(out, from, room, 0, to - from);
            out = room;
            to -= from;
            from = 0;
        }
        System.arraycopy(more, 0, out, to, more.length);
        to += more.length;
    }

    /** From now on so many bytes go one by one, each with a signal. */
    void dribble(int count) {
        dribbles = count;
    }

    /** It reads nothing for so long. */
    void deafFor(int millis) {
        deafUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** One of its open transactions, or 0. */
    int transaction() {
        Integer oldest = transactions.pollFirst();
        if (oldest == null) {
            return 0;
        }
        transactions.addLast(oldest);
        return oldest;
    }

    /** One of its open transactions, which it will not know any more; or 0. */
    int takeTransaction() {
        Integer oldest = transactions.pollFirst();
        return oldest == null ? 0 : oldest;
    }

    void forgetTransactions() {
        transactions.clear();
    }

    void kick(int times) throws IOException {
        for (int i = 0; i < times; i++) {
            ring.kick();
        }
    }

    /** Asks for a fresh connection by the page, whether it is ignored or not. */
    void reconnect() throws IOException {
        from = 0;
        to = 0;
        in.clear();
        transactions.clear();
        page().setConnection(RingPage.RECONNECT);
        ring.kick();
    }

    void die() {
        doomed = true;
    }

    void end() throws IOException {
        ring.close();
    }

    // The ring

    private boolean push() throws IOException {
        boolean moved = false;
        while (from < to) {
            int wanted = dribbles > 0 ? 1 : to - from;
            int count = page().requests().write(out, from, wanted);
            if (count <= 0) {
                break;
            }
            from += count;
            dribbles -= Math.min(count, dribbles);
            moved = true;
            ring.kick();
        }
        return moved;
    }

    private boolean pull() throws IOException {
        if (System.nanoTime() < deafUntil) {
            return false;
        }
        int room = Math.min(in.remaining(), chunk.length);
        int count = page().responses().read(chunk, 0, room);
        if (count <= 0) {
            return false;
        }
        in.put(chunk, 0, count);
        ring.kick();
        in.flip();
        while (in.remaining() >= Header.SIZE) {
            in.mark();
            Header header = Header.read(in);
            if (!header.lengthIsLegal()) {
                throw new IOException("domain " + domid() + " was sent " + header);
            }
            if (in.remaining() < header.length()) {
                in.reset();
                break;
            }
            byte[] payload = new byte[header.length()];
            in.get(payload);
            received(header, payload);
        }
        in.compact();
        return true;
    }

    private void received(Header header, byte[] payload) {
        if (header.type() == MessageType.WATCH_EVENT.number()) {
            tally.event();
            return;
        }
        tally.reply(header.type() == MessageType.ERROR.number());
        if (header.type() == MessageType.TRANSACTION_START.number() && payload.length > 1) {
            String number =
                    Value.owning(Arrays.copyOf(payload, payload.length - 1)).text();
            transactions.addLast(Integer.parseUnsignedInt(number));
        }
    }
}
