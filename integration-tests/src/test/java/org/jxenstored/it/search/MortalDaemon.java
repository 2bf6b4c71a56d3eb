package org.jxenstored.it.search;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.RingLink;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.it.life.VirtualTime;
import org.jxenstored.protocol.Message;
import org.jxenstored.sim.host.SimHost;

/**
 * The daemon of a machine in all its lives, beside the model, which is told what the daemon serves and knows what all
 * must see.
 *
 * <p>It can be killed in the middle of a turn: what it did to the disk, to the rings and to others from a certain point
 * on is undone, as if it had not come to it.
 */
final class MortalDaemon implements Daemon.Observer {
    private final SimHost host;
    private final VirtualTime time;
    private final MemoryDisk disk;
    private final Clients clients;
    private final Problems problems = new Problems();
    private final History history = new History();
    private final Sessions sessions = new Sessions(history, problems);
    private final Map<String, Session> socketSessions = new HashMap<>();
    private final NaiveServer model;
    private final Recovery recovery;
    private Daemon daemon;

    /** It has begun, so that what it does is told to the model; while it begins, it only takes over. */
    private boolean serves;

    private boolean runs;
    private int told;
    private long refusals;
    private Deed.Kill planned = new Deed.Kill(0, false, 0);
    private int countdown;
    private @Nullable Frozen frozen;
    private long kills;
    private long served;

    /** What was there when the daemon was killed in the middle of a turn. */
    private record Frozen(MemoryDisk.Image disk, Map<RingClient, byte[]> pages) {}

    /**
     * Starts it.
     *
     * @param disk where it keeps the store
     * @param clients who lose it when it is killed
     * @param lives which domains exist and are not dead
     */
    MortalDaemon(SimHost host, VirtualTime time, MemoryDisk disk, Clients clients, IntPredicate lives)
            throws IOException, HypervisorException {
        this.host = host;
        this.time = time;
        this.disk = disk;
        this.clients = clients;
        this.model = new NaiveServer(history, sessions, lives);
        this.recovery = new Recovery(history, sessions, model, lives);
        this.daemon = start();
    }

    private Daemon start() throws IOException, HypervisorException {
        Daemon started = new Daemon(host, time, disk.root(), false, this);
        serves = true;
        runs = true;
        return started;
    }

    /** How often it was killed. */
    long kills() {
        return kills;
    }

    /** How many requests were served. */
    long served() {
        return served;
    }

    // ---- its clients

    void connect(SocketClient socket) {
        socket.connect(daemon.server());
        Session session = sessions.connectSocket("socket " + clients.sockets().indexOf(socket));
        socketSessions.put(daemon.latestConnection(), session);
        socket.begin(session);
    }

    void disconnect(Session session) {
        finishRequest();
        sessions.disconnect(session);
    }

    /** A domain's connection as the model knows it; null if it is not introduced. */
    @Nullable
    Session ring(int domid) {
        return sessions.ring(domid);
    }

    /** Somebody got a message that tells of this moment, which must not be forgotten any more. */
    void told(int moment) {
        told = Math.max(told, moment);
    }

    // ---- what it does

    /** False once it was killed in the middle of a turn: nothing that it does now was ever done. */
    boolean isAlive() {
        return frozen == null;
    }

    @Override
    public boolean happens() {
        if (isAlive() && countdown > 0) {
            countdown--;
            if (countdown == 0) {
                finishRequest();
                frozen = new Frozen(disk.image(), clients.pages());
            }
        }
        return isAlive();
    }

    private void finishRequest() {
        boolean wasRefused = disk.refusals() != refusals;
        model.finish(wasRefused);
    }

    @Override
    public void receives(Connection by, Message request) {
        if (!isAlive()) {
            return;
        }
        finishRequest();
        if (!happens()) {
            return;
        }
        refusals = disk.refusals();
        @Nullable
        Session session = by.link() instanceof RingLink ? ring(by.domain().domid()) : socketSessions.get(by.name());
        if (session == null) {
            problems.add("a request of " + by + " is served, which nobody should know");
        } else {
            served++;
            model.receives(session, request);
        }
    }

    @Override
    public void sends() {
        if (isAlive()) {
            finishRequest();
            happens();
        }
    }

    /** What ends now does not end for the sake of the request before, whose answer may still wait for room in a ring. */
    @Override
    public void looksForNews() {
        if (isAlive() && serves) {
            finishRequest();
        }
    }

    @Override
    public void letsGo(int domid) {
        if (isAlive() && serves) {
            model.ends(domid);
        }
    }

    @Override
    public void breaks(String what) {
        if (isAlive()) {
            problems.add("a defect: " + what);
        }
    }

    /** All must be as the model says. */
    void check(QuietLog log) {
        log.taken().forEach(error -> problems.add("the daemon logs an error: " + error));
        if (!isAlive()) {
            return;
        }
        finishRequest();
        problems.throwFirst();
        Comparison.difference(history.store(), daemon.server().engine()).ifPresent(problems::add);
        problems.throwFirst();
        new ConsistencyCheck(daemon.server().engine()).findings().forEach(problems::add);
        clients.rings().forEach((domid, ring) -> {
            if (ring.isBroken()) {
                problems.add("the ring of domain " + domid + " is broken");
            }
        });
        problems.throwFirst();
    }

    // ---- its deaths

    /** Kills it, at once or after it has done some more. */
    void kill(Deed.Kill how) throws IOException, HypervisorException {
        planned = how;
        if (how.after() == 0) {
            die();
        } else {
            countdown = how.after();
        }
    }

    /** True if it is to be killed after it has done some more. */
    boolean isDoomed() {
        return countdown > 0;
    }

    /** If it was killed in the middle of a turn, another one starts now that the turn is over. */
    void dieIfDue() throws IOException, HypervisorException {
        if (!isAlive()) {
            die();
        }
    }

    private void die() throws IOException, HypervisorException {
        kills++;
        @Nullable Frozen then = frozen;
        if (then == null) {
            finishRequest();
        } else {
            then.pages().forEach(RingClient::putBack);
        }
        frozen = null;
        countdown = 0;
        if (planned.looked()) {
            clients.look();
        }
        problems.throwFirst();
        serves = false;
        runs = false;
        daemon.kill();
        if (then != null) {
            disk.putBack(then.disk());
        }
        clients.sockets().forEach(SocketClient::lose);
        socketSessions.clear();
        var _ = clients.destroyGuest(planned.dies());
        startAgain();
    }

    private void startAgain() throws IOException, HypervisorException {
        boolean wasFull = disk.isFull();
        disk.setFull(false);
        daemon = start();
        disk.setFull(wasFull);
        refusals = disk.refusals();
        recovery.goOn(daemon.server().engine(), told);
        problems.throwFirst();
        told = 0;
        clients.sockets().forEach(this::connect);
    }

    /** Whatever it does from now on does not count: the machine is being switched off. */
    void abandon() {
        serves = false;
        frozen = new Frozen(disk.image(), Map.of());
    }

    /** Ends it for good. */
    void close() throws IOException {
        if (runs) {
            daemon.kill();
        }
    }
}
