package org.jxenstored.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
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
 * who wait, and events to the owner; it waits for nothing but the transport.
 */
final class Connection implements Courier {
    /** Requests beyond this many unsent bytes make their threads wait. */
    private static final int OUTGOING_MAX = 64 * 1024;

    private static final int OUTGOING_MIN = Header.SIZE + Limits.PAYLOAD_MAX;

    /** Whom a connection works for. */
    interface Owner {
        /** An event came. Called by the thread that reads, must not wait. */
        void event(Value payload);

        /** The connection has ended. Called once; has to see to it that what is unanswered is completed. */
        void lost(Connection connection, Loss loss);
    }

    private final Transport transport;
    private final Owner owner;

    /** A server that never sent a message does not want us: a refused identity looks like that. */
    private volatile boolean served;

    /** Complete once the owner has dealt with the loss. */
    private final CompletableFuture<Boolean> settled = new CompletableFuture<>();

    /** Guards what follows, down to the blank line. Never held while waiting. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Unanswered pending = new Unanswered();
    private ByteBuffer outgoing = ByteBuffer.allocate(OUTGOING_MIN);
    private int lastRequestId;
    private long accepted;
    private long handedOver;
    private @Nullable String lostBecause;

    /** Held by the thread that writes; guards {@link #spare}. */
    private final ReentrantLock writing = new ReentrantLock();

    private ByteBuffer spare = ByteBuffer.allocate(OUTGOING_MIN);

    /** Takes requests at once, but replies only after {@link #startReading}. */
    Connection(Transport transport, Owner owner) {
        this.transport = transport;
        this.owner = owner;
    }

    void startReading() {
        Reader task = new Reader();
        if (transport.readsWithoutAThread()) {
            Thread.ofVirtual().name("xenstore-reader").start(task);
        } else {
            Thread reader = new Thread(task, "xenstore-reader");
            reader.setDaemon(true);
            reader.start();
        }
    }

    boolean isOpen() {
        lock.lock();
        try {
            return lostBecause == null;
        } finally {
            lock.unlock();
        }
    }

    /** What became of the {@link #offer} of a request. */
    enum Offer {
        ACCEPTED,
        /** Too much is unsent: {@link #drain} first. */
        FULL,
        LOST
    }

    /** A request that belongs to this connection: if it is lost, so is the request. */
    @Override
    public PendingReply enqueue(MessageType type, int transactionId, Value payload) {
        PendingReply request = new PendingReply(type, transactionId, payload, false);
        if (request.reply() == null && !accept(request)) {
            request.complete(new Reply.Lost(reasonOfLoss(), false));
        }
        return request;
    }

    private String reasonOfLoss() {
        lock.lock();
        try {
            return lostBecause == null ? "the connection is open" : lostBecause;
        } finally {
            lock.unlock();
        }
    }

    /** Queues a request for the next {@link #flush}; waits if very many are queued. False if the connection is lost. */
    boolean accept(PendingReply request) {
        while (true) {
            Offer outcome = offer(request);
            if (outcome != Offer.FULL) {
                return outcome == Offer.ACCEPTED;
            }
            drain();
        }
    }

    /** Queues a request without waiting. */
    Offer offer(PendingReply request) {
        lock.lock();
        try {
            if (lostBecause != null) {
                return Offer.LOST;
            }
            if (!makeRoom(request.size())) {
                return Offer.FULL;
            }
            append(request);
            return Offer.ACCEPTED;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what is queued; waits until the server takes it. */
    void drain() {
        writing.lock();
        try {
            writeOutgoing();
        } finally {
            writing.unlock();
        }
        // Another thread may have left its request to us while we wrote.
        flush();
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

    private void append(PendingReply request) {
        // Some xenbus devices answer with id 0, so that is none of ours.
        lastRequestId = lastRequestId == -1 ? 1 : lastRequestId + 1;
        request.carriedBy(this, lastRequestId, accepted);
        Message.of(request.type, lastRequestId, request.transactionId, request.payload)
                .write(outgoing);
        accepted += request.size();
        pending.add(request);
    }

    /** Sees to it that all queued requests are written, by this thread or by one that is writing now. */
    @Override
    public void flush() {
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
            takeBack(full.remaining());
            lose("writing to the server failed: " + reason(failure), true);
        } catch (RuntimeException | Error bug) {
            lose("the client's writer failed: " + bug, false);
            throw bug;
        } finally {
            spare = full.clear();
        }
    }

    /** So many bytes have not left after all. */
    private void takeBack(int bytes) {
        lock.lock();
        try {
            handedOver -= bytes;
        } finally {
            lock.unlock();
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
                lose("the server closed the connection", true);
            } catch (BrokenProtocolException breach) {
                lose("the server broke the protocol: " + reason(breach), false);
            } catch (IOException failure) {
                lose("reading from the server failed: " + reason(failure), true);
            } catch (RuntimeException | Error bug) {
                lose("the client's reader failed: " + bug, false);
                throw bug;
            }
        }
    }

    private void take(Message message) throws IOException {
        served = true;
        if (message.isOfType(MessageType.WATCH_EVENT)) {
            owner.event(message.payload());
            return;
        }
        PendingReply request = remove(message);
        if (request == null) {
            throw new BrokenProtocolException("the server answered a request that was never sent (type "
                    + message.type() + ", request id " + Integer.toUnsignedString(message.requestId()) + ")");
        }
        if (message.isOfType(request.type)) {
            request.complete(new Reply.Success(message.payload()));
        } else if (message.isOfType(MessageType.ERROR)) {
            request.complete(new Reply.Failure(errnoIn(message.payload())));
        } else {
            String problem = "the server answered " + request.type + " with type " + message.type();
            request.complete(new Reply.Lost(problem, true));
            throw new BrokenProtocolException(problem);
        }
    }

    private @Nullable PendingReply remove(Message reply) {
        lock.lock();
        try {
            return pending.take(reply);
        } finally {
            lock.unlock();
        }
    }

    private static Errno errnoIn(Value payload) {
        int nul = payload.indexOfNul(0);
        return Errno.ofName(nul < 0 ? payload.text() : payload.text(0, nul));
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    /**
     * Ends the connection; the first reason stays.
     *
     * @param mendable see {@link Loss}
     */
    void lose(String reason, boolean mendable) {
        Loss loss;
        lock.lock();
        try {
            if (lostBecause != null) {
                return;
            }
            lostBecause = reason;
            loss = new Loss(reason, mendable && served, pending.takeAll(), handedOver);
        } finally {
            lock.unlock();
        }
        // Closing may have to wait for a writer that is stuck; nobody else has to.
        owner.lost(this, loss);
        settled.complete(true);
        transport.close();
    }

    /** After the loss: waits until the owner has dealt with it. Short; an interrupt is kept for later. */
    void awaitSettled() {
        settled.join();
    }
}
