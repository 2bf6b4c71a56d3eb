package org.jxenstored.client;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;

/**
 * A client's way to the server, over one connection after the other.
 *
 * <p>While there is no connection, requests wait here in their order: first those of the lost connection that may go
 * out on another one ({@link PendingReply#movesOn}), then newer ones. A {@link Recovery} gets the next connection.
 */
final class Session implements Courier, Connection.Owner {
    /** Requests beyond this many waiting bytes make their threads wait. */
    private static final int PARKED_MAX = 64 * 1024;

    private final Endpoint place;
    private final Reconnection reconnection;
    private final Pace pace;
    private final WatchRouter watches = new WatchRouter(this);

    /** Set only under the lock; null while away, and after the end. */
    private volatile @Nullable Connection current;

    /** Guards what follows. A connection's lock may be taken under it, never the other way round. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final ArrayDeque<PendingReply> parked = new ArrayDeque<>();
    private int parkedBytes;
    private long connectedSince;
    private String awayBecause = "";
    /** The connection that what waits is being sent on. */
    private @Nullable Connection next;

    private @Nullable Backoff backoff;
    private @Nullable String ended;
    private @Nullable Thread recovery;

    private Session(Endpoint place, Reconnection reconnection, Pace pace) {
        this.place = place;
        this.reconnection = reconnection;
        this.pace = pace;
    }

    /**
     * Begins with a transport.
     *
     * @param place where the next one would be opened
     */
    static Session over(Transport transport, Endpoint place, Reconnection reconnection, Pace pace) {
        Session session = new Session(place, reconnection, pace);
        Connection connection = new Connection(transport, session);
        session.connectedSince = pace.nanoTime();
        session.current = connection;
        connection.startReading();
        return session;
    }

    WatchRouter watches() {
        return watches;
    }

    /** Why there will be no connection any more, null if there is one or may be. */
    @Nullable
    String reasonOfEnd() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public PendingReply enqueue(MessageType type, int transactionId, Value payload) {
        PendingReply request = new PendingReply(type, transactionId, payload, transactionId == 0);
        boolean done = request.reply() != null;
        while (!done) {
            Connection connection = current;
            if (connection == null) {
                done = park(request);
            } else if (connection.accept(request)) {
                done = true;
            } else {
                connection.awaitSettled();
            }
        }
        return request;
    }

    /** Lets a request wait for the next connection, or fails it; false if there is a connection. */
    private boolean park(PendingReply request) {
        String refusal;
        lock.lock();
        try {
            while (ended == null && current == null && request.transactionId == 0) {
                if (hasRoomFor(request)) {
                    parked.addLast(request);
                    parkedBytes += request.size();
                    return true;
                }
                changed.await();
            }
            if (ended == null && current != null) {
                return false;
            }
            refusal = ended != null ? ended : awayBecause;
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            refusal = "interrupted while many requests waited for the next connection";
        } finally {
            lock.unlock();
        }
        request.complete(new Reply.Lost(refusal, false));
        return true;
    }

    /** Those about watches have it always: few callers send them, and their order is guarded by a lock. */
    private boolean hasRoomFor(PendingReply request) {
        return parkedBytes + request.size() <= PARKED_MAX || request.isAboutItsConnection();
    }

    @Override
    public void flush() {
        Connection connection = current;
        if (connection != null) {
            connection.flush();
        }
    }

    @Override
    public void event(Value payload) {
        watches.deliver(payload);
    }

    @Override
    public void lost(Connection connection, Loss loss) {
        List<PendingReply> orphans = new ArrayList<>();
        List<PendingReply> waiting = List.of();
        String reason;
        boolean endsNow;
        lock.lock();
        try {
            boolean wasCurrent = connection == current;
            boolean mending = ended == null && (!wasCurrent || (mends() && loss.mendable()));
            endsNow = !mending && ended == null;
            reason = ended != null ? ended : loss.reason();
            for (PendingReply request : loss.unanswered().reversed()) {
                if (mending && request.movesOn(loss.hadSent(request))) {
                    parked.addFirst(request);
                    parkedBytes += request.size();
                } else {
                    orphans.addFirst(request);
                }
            }
            if (wasCurrent) {
                current = null;
                if (mending) {
                    recover(reason);
                }
            }
            if (endsNow) {
                waiting = endUnderLock(reason);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (PendingReply request : orphans) {
            request.complete(new Reply.Lost(reason, request.mayHaveBeenExecuted(loss.hadSent(request))));
        }
        if (endsNow) {
            finish(reason, waiting);
        }
    }

    private boolean mends() {
        return !reconnection.isNever() && !(place instanceof Endpoint.Ring);
    }

    private void recover(String reason) {
        awayBecause = reason;
        long longest = TimeUnit.NANOSECONDS.convert(reconnection.longestPause());
        Backoff pauses = backoff;
        // A server that takes connections and soon closes them again gets the pauses of one that is away.
        if (pauses == null || pace.nanoTime() - connectedSince >= longest) {
            pauses = new Backoff(reconnection.firstPause(), reconnection.longestPause(), new SplittableRandom());
            backoff = pauses;
        }
        recovery = Thread.ofVirtual()
                .name("xenstore-reconnection")
                .start(new Recovery(this, place, reconnection, pace, pauses, new ConnectionLostException(reason)));
    }

    /**
     * Sends what waits, in its order, and from then on all requests.
     *
     * @return false if that connection is lost, or the session has ended
     */
    boolean goOnWith(Connection connection) {
        while (true) {
            lock.lock();
            try {
                if (ended != null || !connection.isOpen()) {
                    return false;
                }
                next = connection;
                unpark(connection);
                if (parked.isEmpty()) {
                    connectedSince = pace.nanoTime();
                    current = connection;
                    break;
                }
            } finally {
                changed.signalAll();
                lock.unlock();
            }
            connection.drain();
        }
        connection.flush();
        return true;
    }

    /** Under the lock, so that a loss puts requests back before those that still wait. */
    private void unpark(Connection connection) {
        for (PendingReply next = parked.peek(); next != null; next = parked.peek()) {
            if (connection.offer(next) != Connection.Offer.ACCEPTED) {
                return;
            }
            parked.remove();
            parkedBytes -= next.size();
        }
    }

    /** No connection from now on; the first reason stays. Ends all waiting. */
    void end(String reason) {
        Connection last;
        Connection coming;
        List<PendingReply> waiting;
        lock.lock();
        try {
            if (ended != null) {
                return;
            }
            last = current;
            coming = next;
            waiting = endUnderLock(reason);
        } finally {
            lock.unlock();
        }
        finish(reason, waiting);
        if (last != null) {
            last.lose(reason, false);
        }
        if (coming != null) {
            coming.lose(reason, false);
        }
    }

    /** Gives the requests that still wait. */
    private List<PendingReply> endUnderLock(String reason) {
        ended = reason;
        List<PendingReply> waiting = List.copyOf(parked);
        parked.clear();
        if (recovery != null && recovery != Thread.currentThread()) {
            recovery.interrupt();
        }
        changed.signalAll();
        return waiting;
    }

    private void finish(String reason, List<PendingReply> waiting) {
        for (PendingReply request : waiting) {
            request.complete(new Reply.Lost(reason, request.mayHaveBeenExecuted(false)));
        }
        watches.end(reason);
    }
}
