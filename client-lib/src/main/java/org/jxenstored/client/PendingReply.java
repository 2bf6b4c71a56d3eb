package org.jxenstored.client;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.MessageType;

/** A request that was sent, until its reply comes. One thread may wait, or one callback be called, or neither. */
final class PendingReply {
    final MessageType type;
    final int requestId;
    /** Bytes that this connection sent before this request. */
    final long position;

    private volatile @Nullable Reply reply;
    private volatile @Nullable Thread waiter;
    private @Nullable Runnable callback;

    PendingReply(MessageType type, int requestId, long position) {
        this.type = type;
        this.requestId = requestId;
        this.position = position;
    }

    /** A request that never left. */
    static PendingReply finished(MessageType type, Reply reply) {
        PendingReply finished = new PendingReply(type, 0, 0);
        finished.reply = reply;
        return finished;
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
