package org.jxenstored.benchmarks.workload;

import java.io.IOException;
import java.util.List;
import org.jxenstored.benchmarks.load.Fleet;
import org.jxenstored.benchmarks.load.Receiver;
import org.jxenstored.benchmarks.load.Reply;
import org.jxenstored.benchmarks.load.Request;
import org.jxenstored.benchmarks.load.Wire;
import org.jxenstored.benchmarks.load.WrongReplyException;
import org.jxenstored.protocol.MessageType;

/**
 * One guest being started: the transaction, again until it commits; then a watch on the backend's state, and the
 * frontend's half of the handshake, 3 (Initialised) and 4 (Connected).
 */
final class GuestStart implements Receiver {
    private static final Request BEGIN = Request.begin();
    private static final Request COMMIT = Request.commit();
    private static final String CONNECTED = "4";

    private final Fleet fleet;
    private final List<Request> work;
    private final Request watch;
    private final Request unwatch;
    private final Request initialised;
    private final Request connected;
    private final Request readBackend;
    private int transaction;
    private int next;
    private int again;
    private boolean backendIsConnected;
    private boolean done;

    GuestStart(Fleet fleet, int domid) {
        this.fleet = fleet;
        this.work = GuestPaths.inTransaction(domid);
        String backState = GuestPaths.back(domid) + "/state";
        this.watch = Request.watch(backState, "backend");
        this.unwatch = Request.unwatch(backState, "backend");
        this.initialised = Request.write(GuestPaths.front(domid) + "/state", "3");
        this.connected = Request.write(GuestPaths.front(domid) + "/state", CONNECTED);
        this.readBackend = Request.any(MessageType.READ, backState);
    }

    void begin(Wire wire) throws IOException {
        transaction = 0;
        next = 0;
        send(wire, BEGIN);
    }

    boolean isDone() {
        return done;
    }

    /** How often its transaction had to be done again. */
    int again() {
        return again;
    }

    private void send(Wire wire, Request request) throws IOException {
        wire.post(request, transaction, System.nanoTime());
        fleet.flush(wire);
    }

    @Override
    public void replied(Wire wire, Request request, long due, long now, Reply reply) throws IOException {
        if (reply.isOf(MessageType.TRANSACTION_START)) {
            transaction = reply.number();
            send(wire, work.get(next++));
        } else if (reply.isError("EAGAIN")) {
            again++;
            begin(wire);
        } else if (reply.isOf(MessageType.TRANSACTION_END)) {
            transaction = 0;
            send(wire, watch);
        } else if (transaction != 0) {
            send(wire, next < work.size() ? work.get(next++) : COMMIT);
        } else if (request.equals(watch)) {
            send(wire, initialised);
        } else if (request.equals(readBackend)) {
            backendAnswered(wire, reply);
        } else if (request.equals(connected)) {
            send(wire, unwatch);
        } else if (request.equals(unwatch)) {
            done = true;
        } else if (!request.equals(initialised)) {
            throw new WrongReplyException("reply to " + request + ": " + reply);
        }
    }

    private void backendAnswered(Wire wire, Reply reply) throws IOException {
        if (!backendIsConnected && reply.text().equals(CONNECTED)) {
            backendIsConnected = true;
            send(wire, connected);
        }
    }

    @Override
    public void event(Wire wire, long now, Reply event) throws IOException {
        if (!backendIsConnected) {
            send(wire, readBackend);
        }
    }
}
