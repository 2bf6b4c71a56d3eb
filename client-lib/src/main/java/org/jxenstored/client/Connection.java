package org.jxenstored.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * Many threads' requests on one transport.
 *
 * <p>A thread with a request puts it into the outgoing buffer and then writes the whole buffer, if nobody
 * else is writing. Whoever is writing looks again afterwards, so requests of several threads go out in one
 * write and a lone request goes out at once, by its own thread. One thread reads: it gives replies to those
 * who wait, and events to {@link WatchRouter}; it waits for nothing but the transport.
 */
final class Connection {
    /** Requests beyond this many unsent bytes make their threads wait. */
    private static final int OUTGOING_MAX = 64 * 1024;

    private static final int OUTGOING_MIN = Header.SIZE + Limits.PAYLOAD_MAX;

    private final Transport transport;
    private final WatchRouter watches = new WatchRouter(this);

    /** Guards what follows, down to the blank line. Never held while waiting. */
    private final ReentrantLock lock = new ReentrantLock();

    private final ArrayDeque<PendingReply> pending = new ArrayDeque<>();
    private ByteBuffer outgoing = ByteBuffer.allocate(OUTGOING_MIN);
    private int lastRequestId;
    private long accepted;
    private long handedOver;
    private @Nullable String lostBecause;

    /** Held by the thread that writes; guards {@link #spare}. */
    private final ReentrantLock writing = new ReentrantLock();

    private ByteBuffer spare = ByteBuffer.allocate(OUTGOING_MIN);

    private Connection(Transport transport) {
        this.transport = transport;
    }

    static Connection start(Transport transport) {
        Connection connection = new Connection(transport);
        Reader task = connection.new Reader();
        if (transport.readsWithoutAThread()) {
            Thread.ofVirtual().name("xenstore-reader").start(task);
        } else {
            Thread reader = new Thread(task, "xenstore-reader");
            reader.setDaemon(true);
            reader.start();
        }
        return connection;
    }

    WatchRouter watches() {
        return watches;
    }

    boolean isOpen() {
        return reasonOfLoss() == null;
    }

    /** Why the connection is gone, null if it is not. */
    @Nullable
    String reasonOfLoss() {
        lock.lock();
        try {
            return lostBecause;
        } finally {
            lock.unlock();
        }
    }

    /** Sends a request. */
    PendingReply send(MessageType type, int transactionId, Value payload) {
        PendingReply request = enqueue(type, transactionId, payload);
        flush();
        return request;
    }

    /** Queues a request for the next {@link #flush}; waits if very many are queued. */
    PendingReply enqueue(MessageType type, int transactionId, Value payload) {
        if (payload.size() > Limits.PAYLOAD_MAX) {
            return PendingReply.finished(type, new Reply.Failure(Errno.E2BIG));
        }
        int size = Header.SIZE + payload.size();
        while (true) {
            lock.lock();
            try {
                if (lostBecause != null) {
                    return PendingReply.finished(type, new Reply.Lost(lostBecause, false));
                }
                if (makeRoom(size)) {
                    return append(type, transactionId, payload, size);
                }
            } finally {
                lock.unlock();
            }
            writing.lock();
            try {
                writeOutgoing();
            } finally {
                writing.unlock();
            }
            // Another thread may have left its request to us while we wrote.
            flush();
        }
    }

    private boolean makeRoom(int size) {
        if (outgoing.remaining() >= size) {
            return true;
        }
        int capacity = Math.min(OUTGOING_MAX, outgoing.capacity() * 4);
        if (capacity - outgoing.position() < size) {
            return false;
        }
        outgoing = ByteBuffer.allocate(capacity).put(outgoing.flip());
        return true;
    }

    private PendingReply append(MessageType type, int transactionId, Value payload, int size) {
        // Some xenbus devices answer with id 0, so that is none of ours.
        lastRequestId = lastRequestId == -1 ? 1 : lastRequestId + 1;
        PendingReply request = new PendingReply(type, lastRequestId, accepted);
        Message.of(type, lastRequestId, transactionId, payload).write(outgoing);
        accepted += size;
        pending.add(request);
        return request;
    }

    /** Sees to it that all queued requests are written, by this thread or by one that is writing now. */
    void flush() {
        while (hasOutgoing() && writing.tryLock()) {
            try {
                writeOutgoing();
            } finally {
                writing.unlock();
            }
        }
    }

    private boolean hasOutgoing() {
        lock.lock();
        try {
            return accepted != handedOver && lostBecause == null;
        } finally {
            lock.unlock();
        }
    }

    private void writeOutgoing() {
        ByteBuffer full;
        lock.lock();
        try {
            full = outgoing.flip();
            outgoing = spare;
            handedOver = accepted;
        } finally {
            lock.unlock();
        }
        try {
            while (full.hasRemaining()) {
                writeUntilRefusal(full);
            }
        } catch (IOException failure) {
            lose("writing to the server failed: " + reason(failure));
        } catch (RuntimeException | Error bug) {
            lose("the client's writer failed: " + bug);
            throw bug;
        } finally {
            spare = full.clear();
        }
    }

    private void writeUntilRefusal(ByteBuffer messages) throws IOException {
        try {
            transport.write(messages);
        } catch (RequestRefusedException refusal) {
            PendingReply request = remove(new Message(-1, refusal.requestId(), 0, Value.EMPTY));
            if (request != null) {
                request.complete(new Reply.Failure(refusal.errno()));
            }
        }
    }

    /** What the reading thread does. */
    private final class Reader implements Runnable {
        @Override
        public void run() {
            MessageReader messages = new MessageReader(transport);
            try {
                for (Message message = messages.next(); message != null; message = messages.next()) {
                    take(message);
                }
                lose("the server closed the connection");
            } catch (IOException failure) {
                lose("reading from the server failed: " + reason(failure));
            } catch (RuntimeException | Error bug) {
                lose("the client's reader failed: " + bug);
                throw bug;
            }
        }
    }

    private void take(Message message) throws IOException {
        if (message.isOfType(MessageType.WATCH_EVENT)) {
            watches.deliver(message.payload());
            return;
        }
        PendingReply request = remove(message);
        if (request == null) {
            throw new IOException("the server answered a request that was never sent (type " + message.type()
                    + ", request id " + Integer.toUnsignedString(message.requestId()) + ")");
        }
        if (message.isOfType(request.type)) {
            request.complete(new Reply.Success(message.payload()));
        } else if (message.isOfType(MessageType.ERROR)) {
            request.complete(new Reply.Failure(errnoIn(message.payload())));
        } else {
            String problem = "the server answered " + request.type + " with type " + message.type();
            request.complete(new Reply.Lost(problem, true));
            throw new IOException(problem);
        }
    }

    /** Takes the request of this reply out of those that wait: nearly always the oldest (P-ORD-1). */
    private @Nullable PendingReply remove(Message reply) {
        lock.lock();
        try {
            for (Iterator<PendingReply> requests = pending.iterator(); requests.hasNext(); ) {
                PendingReply request = requests.next();
                if (isReplyTo(reply, request)) {
                    requests.remove();
                    return request;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** A reply with id 0 comes from a device that does not copy ids and answers in order (C-LIB-8). */
    private static boolean isReplyTo(Message reply, PendingReply request) {
        return reply.requestId() == request.requestId
                || (reply.requestId() == 0 && (reply.isOfType(request.type) || reply.isOfType(MessageType.ERROR)));
    }

    private static Errno errnoIn(Value payload) {
        int nul = payload.indexOfNul(0);
        return Errno.ofName(nul < 0 ? payload.text() : payload.text(0, nul));
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /** Ends the connection; the first reason stays. */
    void lose(String reason) {
        List<PendingReply> unanswered;
        long sent;
        lock.lock();
        try {
            if (lostBecause != null) {
                return;
            }
            lostBecause = reason;
            unanswered = List.copyOf(pending);
            pending.clear();
            sent = handedOver;
        } finally {
            lock.unlock();
        }
        // Closing may have to wait for a writer that is stuck; nobody else has to.
        for (PendingReply request : unanswered) {
            request.complete(new Reply.Lost(reason, request.position < sent));
        }
        watches.connectionLost(reason);
        transport.close();
    }
}
