package org.jxenstored.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;

/**
 * One connection to a daemon, with the requests that wait for their replies.
 *
 * <p>Nothing is allocated per request. Every reply is compared with what its request expects; after a wrong one the
 * connection is of no use any more.
 */
public final class Wire implements AutoCloseable {
    private static final int OUT_BYTES = 40 << 10;
    private static final int IN_BYTES = 64 << 10;
    private static final int PENDING_MAX = 1024;

    private final ByteChannel channel;
    private ByteBuffer out = buffer(OUT_BYTES);
    private final ByteBuffer in = buffer(IN_BYTES);
    private final Reply reply = new Reply(in);
    private final Request[] pending = new Request[PENDING_MAX];
    private final int[] transactions = new int[PENDING_MAX];
    private final long[] due = new long[PENDING_MAX];
    private int posted;
    private int answered;

    private Wire(ByteChannel channel) {
        this.channel = channel;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    }

    /** Connects to a daemon's socket. */
    public static Wire connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw new IOException("cannot connect to " + socket + ": " + e.getMessage(), e);
        }
        return new Wire(channel);
    }

    /** Speaks through any channel, such as a ring. */
    public static Wire over(ByteChannel channel) {
        return new Wire(channel);
    }

    SelectableChannel selectable() {
        return (SelectableChannel) channel;
    }

    /** From now on it never waits: a socket whose user has a processor for itself, and looks again at once. */
    public void neverWait() throws IOException {
        selectable().configureBlocking(false);
    }

    /** Requests that are not answered yet. */
    public int outstanding() {
        return posted - answered;
    }

    /** True if one more request can be posted now. */
    public boolean hasRoomFor(Request request) {
        return outstanding() < PENDING_MAX && out.remaining() >= request.size();
    }

    public void post(Request request) {
        post(request, 0, System.nanoTime());
    }

    /** Puts a request among those to be sent by {@link #flush}; it counts as sent at {@code dueNanos}. */
    public void post(Request request, int transactionId, long dueNanos) {
        if (outstanding() == PENDING_MAX) {
            throw new IllegalStateException("more than " + PENDING_MAX + " requests wait for their replies");
        }
        if (out.remaining() < request.size()) {
            out = buffer(2 * out.capacity()).put(out.flip());
        }
        int slot = posted & (PENDING_MAX - 1);
        pending[slot] = request;
        transactions[slot] = transactionId;
        due[slot] = dueNanos;
        request.putTo(out, posted, transactionId);
        posted++;
    }

    /** Writes what was posted; true if nothing is left, which on a blocking channel is always so. */
    public boolean flush() throws IOException {
        out.flip();
        while (out.hasRemaining() && channel.write(out) > 0) {}
        boolean done = !out.hasRemaining();
        out.compact();
        return done;
    }

    /** Reads once and hands over every message that is whole. Returns how many replies there were. */
    public int receive(Receiver receiver) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the daemon closed a connection");
        }
        long now = System.nanoTime();
        int before = answered;
        int at = 0;
        int end = in.position();
        while (end - at >= Header.SIZE && end - at - Header.SIZE >= length(at)) {
            int length = length(at);
            reply.show(in.getInt(at), in.getInt(at + 8), at + Header.SIZE, length);
            if (reply.isOf(MessageType.WATCH_EVENT)) {
                receiver.event(this, now, reply);
            } else {
                take(in.getInt(at + 4), now, receiver);
            }
            at += Header.SIZE + length;
        }
        if (at > 0) {
            in.limit(end).position(at);
            in.compact();
        }
        return answered - before;
    }

    /** Of the payload behind the header that begins at {@code at}. */
    private int length(int at) throws WrongReplyException {
        int length = in.getInt(at + 12);
        if (length < 0 || length > Limits.PAYLOAD_MAX) {
            throw new WrongReplyException("a message of type " + in.getInt(at) + " that claims to have "
                    + Integer.toUnsignedString(length) + " bytes of payload");
        }
        return length;
    }

    private void take(int requestId, long now, Receiver receiver) throws IOException {
        int slot = answered & (PENDING_MAX - 1);
        if (outstanding() == 0 || requestId != answered) {
            String awaited = outstanding() == 0 ? "none" : answered + " to " + pending[slot];
            throw new WrongReplyException("reply " + requestId + " instead of " + awaited + ": " + reply);
        }
        Request request = pending[slot];
        if (reply.transaction() != transactions[slot]) {
            throw new WrongReplyException("reply in transaction " + reply.transaction() + " instead of "
                    + transactions[slot] + " to " + request + ": " + reply);
        }
        if (!request.accepts(reply)) {
            throw new WrongReplyException(request, reply);
        }
        answered++;
        receiver.replied(this, request, due[slot], now, reply);
    }

    /** Sends a request and waits for its reply; on a blocking channel, with nothing outstanding. */
    public byte[] call(Request request) throws IOException {
        return call(request, 0);
    }

    /** As {@link #call(Request)}, in a transaction. Events that come meanwhile are dropped. */
    public byte[] call(Request request, int transactionId) throws IOException {
        Single single = new Single();
        post(request, transactionId, System.nanoTime());
        flush();
        while (outstanding() > 0) {
            receive(single);
        }
        return single.payload;
    }

    private static final class Single implements Receiver {
        private byte[] payload = new byte[0];

        @Override
        public void replied(Wire wire, Request request, long due, long now, Reply reply) {
            payload = reply.payload();
        }

        @Override
        public void event(Wire wire, long now, Reply event) {}
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
