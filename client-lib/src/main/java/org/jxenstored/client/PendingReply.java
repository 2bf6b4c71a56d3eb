package org.jxenstored.client;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Header;
import org.jxenstored.protocol.Limits;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/** A request until its reply comes. One thread may wait, or one callback be called, or neither. */
final class PendingReply {
    /** How often a request that changes nothing is sent again: it might be what makes the server fall. */
    private static final int REPEATS_MAX = 3;

    private static final Value COMMIT = Value.of("T\0");

    final MessageType type;
    final int transactionId;
    final Value payload;

    /** False if it makes sense on one connection only. */
    private final boolean movable;

    private int repeats;

    /** Guarded by the lock of the connection that carries it. */
    private int requestId;

    private long position;

    private volatile @Nullable Connection carrier;
    private volatile @Nullable Reply reply;
    private volatile @Nullable Thread waiter;
    private @Nullable Runnable callback;

    PendingReply(MessageType type, int transactionId, Value payload, boolean movable) {
        this.type = type;
        this.transactionId = transactionId;
        this.payload = payload;
        this.movable = movable;
        if (payload.size() > Limits.PAYLOAD_MAX) {
            reply = new Reply.Failure(Errno.E2BIG);
        }
    }

    /** Bytes on the wire. */
    int size() {
        return Header.SIZE + payload.size();
    }

    /**
     * A connection has accepted it.
     *
     * @param bytesBefore what that connection accepted before this request
     */
    void carriedBy(Connection connection, int id, long bytesBefore) {
        carrier = connection;
        requestId = id;
        position = bytesBefore;
    }

    int requestId() {
        return requestId;
    }

    /** Bytes that its connection accepted before this request. */
    long position() {
        return position;
    }

    /** The connection that answered it, or will if it lives that long; null if none has accepted it. */
    @Nullable
    Connection carrier() {
        return carrier;
    }

    /**
     * Its connection is gone: whether it may go out on another one.
     *
     * @param sent true if the server may have seen it
     */
    boolean movesOn(boolean sent) {
        if (!movable || (sent && (!isRepeatable() || repeats == REPEATS_MAX))) {
            return false;
        }
        repeats += sent ? 1 : 0;
        return true;
    }

    /** Whether something may have come of it that outlives the connection. */
    boolean mayHaveBeenExecuted(boolean sent) {
        if (transactionId != 0) {
            return sent && type == MessageType.TRANSACTION_END && payload.equals(COMMIT);
        }
        return sent || repeats > 0;
    }

    /** True if it only reads, or only changes what the server forgets with the connection. */
    private boolean isRepeatable() {
        // No switch on the enum: setting it up takes time that a short-lived tool feels.
        return type == MessageType.READ
                || type == MessageType.DIRECTORY
                || type == MessageType.DIRECTORY_PART
                || type == MessageType.GET_PERMS
                || type == MessageType.GET_DOMAIN_PATH
                || type == MessageType.IS_DOMAIN_INTRODUCED
                || type == MessageType.GET_FEATURE
                || type == MessageType.GET_QUOTA
                || isAboutItsConnection();
    }

    /** True if what it changes is forgotten by the server with the connection. */
    boolean isAboutItsConnection() {
        return type == MessageType.WATCH
                || type == MessageType.UNWATCH
                || type == MessageType.RESET_WATCHES
                || type == MessageType.TRANSACTION_START;
    }

    void complete(Reply outcome) {
        Runnable toCall;
        synchronized (this) {
            reply = outcome;
            toCall = callback;
        }
        LockSupport.unpark(waiter);
        if (toCall != null) {
            Thread.startVirtualThread(toCall);
        }
    }

    /** The reply if it is there. */
    @Nullable
    Reply reply() {
        return reply;
    }

    /** Waits for the reply. */
    Reply await() throws InterruptedException {
        waiter = Thread.currentThread();
        Reply outcome = reply;
        while (outcome == null) {
            LockSupport.park(this);
            outcome = reply;
            if (outcome == null && Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return outcome;
    }

    /** Runs the callback on a virtual thread of its own once the reply is there. */
    void whenComplete(Runnable toCall) {
        synchronized (this) {
            if (reply == null) {
                callback = toCall;
                return;
            }
        }
        Thread.startVirtualThread(toCall);
    }
}
