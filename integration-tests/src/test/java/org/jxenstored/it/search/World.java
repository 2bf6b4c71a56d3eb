package org.jxenstored.it.search;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.jxenstored.engine.Connection;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.RingLink;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.it.life.VirtualTime;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/**
 * A machine with the real server on it, its clients, its disk, and the model that knows what all of them must see.
 *
 * <p>A daemon can be killed in the middle of a turn: what it did to the disk, to the rings and to others from a certain
 * point on is undone, as if it had not come to it.
 */
final class World implements Daemon.Observer {
    /** Clients: dom0's kernel, then guests by domid, then two programs at sockets. */
    static final int GUESTS = 5;

    static final int CLIENTS = GUESTS + 3;

    private static final int LARGE = 4000;
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final int SLICES_MAX = 1200;

    private final VirtualTime time;
    private final SimHost host;
    private final MemoryDisk disk = new MemoryDisk();
    private final Problems problems = new Problems();
    private final NaiveServer model = new NaiveServer(this::lives, problems);
    private final TreeMap<Integer, RingClient> rings = new TreeMap<>();
    private final List<SocketClient> sockets = new ArrayList<>();
    private final Map<String, Session> socketSessions = new HashMap<>();
    private Daemon daemon;
    private boolean serves;
    private boolean runs;
    private int told;
    private long refusals;
    private boolean introduced;
    private int countdown;
    private Deed.Kill planned = new Deed.Kill(0, false, 0);
    private @Nullable Frozen frozen;
    private long kills;
    private long served;

    /** What was there when the daemon was killed in the middle of a turn. */
    private record Frozen(MemoryDisk.Image disk, Map<RingClient, byte[]> pages) {}

    World(long seed) throws IOException, HypervisorException {
        time = new VirtualTime(seed);
        host = new SimHost(seed, time);
        daemon = start();
        RingClient kernel = new RingClient(host.dom0(), this::told);
        kernel.begin(model.ring(0));
        rings.put(0, kernel);
        sockets.add(new SocketClient(this::told, () -> frozen == null));
        sockets.add(new SocketClient(this::told, () -> frozen == null));
        sockets.forEach(this::connect);
    }

    private Daemon start() throws IOException, HypervisorException {
        Daemon started = new Daemon(host, time, disk.root(), this);
        serves = true;
        runs = true;
        return started;
    }

    private void connect(SocketClient socket) {
        socket.connect(daemon.server());
        Session session = model.connectSocket("socket " + sockets.indexOf(socket));
        socketSessions.put(daemon.latestConnection(), session);
        socket.begin(session);
    }

    private boolean lives(int domid) {
        return domid == 0
                || host.find(domid).filter(domain -> !domain.state().isDead()).isPresent();
    }

    /** How often the daemon was killed. */
    long kills() {
        return kills;
    }

    /** How many requests were served. */
    long served() {
        return served;
    }

    // ---- what the daemon does

    @Override
    public boolean happens() {
        if (frozen == null && countdown > 0) {
            countdown--;
            if (countdown == 0) {
                model.finish(wasRefused());
                Map<RingClient, byte[]> pages = new HashMap<>();
                rings.values().forEach(ring -> pages.put(ring, ring.page()));
                frozen = new Frozen(disk.image(), pages);
            }
        }
        return frozen == null;
    }

    private boolean wasRefused() {
        return disk.refusals() != refusals;
    }

    @Override
    public void receives(Connection by, Message request) {
        if (frozen != null) {
            return;
        }
        model.finish(wasRefused());
        if (!happens()) {
            return;
        }
        refusals = disk.refusals();
        @Nullable
        Session session =
                by.link() instanceof RingLink ? model.ring(by.domain().domid()) : socketSessions.get(by.name());
        if (session == null) {
            problems.add("a request of " + by + " is served, which nobody should know");
        } else {
            served++;
            model.receives(session, request);
        }
    }

    @Override
    public void sends() {
        if (frozen == null) {
            model.finish(wasRefused());
            happens();
        }
    }

    @Override
    public void letsGo(int domid) {
        if (frozen == null && serves) {
            model.ends(domid);
        }
    }

    @Override
    public void breaks(String what) {
        if (frozen == null) {
            problems.add("a defect: " + what);
        }
    }

    private void told(Client client, Message message, int moment) {
        told = Math.max(told, moment);
        introduced |= message.isOfType(MessageType.INTRODUCE);
    }

    // ---- deeds

    /** Does it, if it can be done now; then all that must be so has to be so. */
    void perform(Deed deed, QuietLog log) throws Exception {
        switch (deed) {
            case Deed.Ask ask -> ask(ask);
            case Deed.Look(int client, boolean halves) -> {
                @Nullable RingClient ring = rings.get(client);
                if (ring != null) {
                    ring.sendHalves(halves);
                    ring.look();
                }
            }
            case Deed.Reconnect(int client) -> reconnect(sockets.get(client % sockets.size()));
            case Deed.Introduce(int domid) -> introduce(domid);
            case Deed.Destroy(int domid, boolean release) -> destroy(domid, release);
            case Deed.Steps(int count) -> {
                for (int i = 0; i < count && time.takeStep(); i++) {
                    dieIfDue();
                }
            }
            case Deed.Pass(int millis) -> pass(Duration.ofMillis(millis));
            case Deed.Drain() -> drain();
            case Deed.Fill(int count) -> {
                for (int left = disk.isFull() ? count : 0; left > 0; left--) {
                    sockets.getFirst().ask(0, MessageType.WRITE, "/fill\0" + left + "f".repeat(LARGE));
                }
            }
            case Deed.Disk(boolean full) -> disk.setFull(full);
            case Deed.Kill kill
            when kill.after() == 0 -> {
                planned = kill;
                kill();
            }
            case Deed.Kill kill -> {
                planned = kill;
                countdown = kill.after();
            }
        }
        dieIfDue();
        log.taken().forEach(error -> problems.add("the daemon logs an error: " + error));
        check();
    }

    private void check() {
        if (frozen != null) {
            return;
        }
        model.finish(wasRefused());
        problems.throwFirst();
        Comparison.difference(model.store(), daemon.server().engine()).ifPresent(problems::add);
        problems.throwFirst();
        new ConsistencyCheck(daemon.server().engine()).findings().forEach(problems::add);
        rings.forEach((domid, ring) -> {
            if (ring.isBroken()) {
                problems.add("the ring of domain " + domid + " is broken");
            }
        });
        problems.throwFirst();
    }

    private void ask(Deed.Ask ask) {
        if (namesStranger(ask)) {
            return;
        }
        if (ask.client() > GUESTS) {
            sockets.get(ask.client() - GUESTS - 1).ask(ask.place(), ask.type(), ask.payload());
            return;
        }
        @Nullable RingClient ring = rings.get(ask.client());
        if (ring != null) {
            ring.ask(ask.place(), ask.type(), ask.payload());
        }
    }

    /** Domains that exist and are not introduced are another search's: the model knows nothing of them. */
    private boolean namesStranger(Deed.Ask ask) {
        String[] arguments = ask.payload().split("\0", -1);
        return switch (ask.type()) {
            case SET_PERMS -> {
                boolean names = false;
                for (int i = 1; i < arguments.length - 1; i++) {
                    names |= isStranger(Integer.parseInt(arguments[i].substring(1)));
                }
                yield names;
            }
            case SET_QUOTA, GET_QUOTA -> isStranger(Integer.parseInt(arguments[0]));
            default -> false;
        };
    }

    private boolean isStranger(int domid) {
        @Nullable RingClient ring = rings.get(domid);
        return domid != Domid.ANY && lives(domid) && (ring == null || ring.session() == null);
    }

    private void reconnect(SocketClient socket) {
        @Nullable Session session = socket.session();
        socket.close();
        if (session != null) {
            model.finish(wasRefused());
            model.disconnect(session);
        }
        connect(socket);
    }

    private void introduce(int domid) throws Exception {
        Optional<SimDomain> present = host.find(domid);
        @Nullable RingClient ring = rings.get(domid);
        if (present.isPresent() && (ring == null || countdown > 0)) {
            return;
        }
        if (ring == null) {
            drain();
            if (host.find(domid).isPresent()) {
                return;
            }
            SimDomain domain = host.createDomain(DomainConfig.SMALL.withDomid(domid));
            var _ = domain.prepareStore(Domid.DOM0);
            domain.unpause();
            ring = new RingClient(domain, this::told);
            rings.put(domid, ring);
        }
        introduced = false;
        SimDomain domain = ring.domain();
        sockets.getFirst()
                .ask(0, MessageType.INTRODUCE, domid + "\0" + domain.storeGfn() + "\0" + domain.storePort() + "\0");
        if (introduced) {
            ring.begin(model.ring(domid));
        }
    }

    private void destroy(int domid, boolean release) throws HypervisorException {
        @Nullable RingClient ring = rings.get(domid);
        if (domid == 0 || ring == null) {
            return;
        }
        rings.remove(domid);
        ring.domain().destroy();
        if (release) {
            sockets.getFirst().ask(0, MessageType.RELEASE, domid + "\0");
        }
    }

    private boolean everybodyLooks() {
        boolean moves = false;
        for (RingClient ring : rings.values()) {
            moves |= ring.look();
        }
        return moves;
    }

    private void settle() throws Exception {
        while (time.takeStep()) {
            dieIfDue();
        }
    }

    /** Everybody reads meanwhile, so that no event is given up. */
    private void pass(Duration span) throws Exception {
        for (Duration left = span; left.isPositive(); left = left.minus(SLICE)) {
            settle();
            everybodyLooks();
            time.pass(left.compareTo(SLICE) < 0 ? left : SLICE);
            dieIfDue();
            everybodyLooks();
        }
    }

    private void drain() throws Exception {
        for (int i = 0; i < SLICES_MAX; i++) {
            settle();
            if (!everybodyLooks()) {
                if (!waits()) {
                    break;
                }
                time.pass(SLICE);
                dieIfDue();
            }
        }
        settle();
        rings.values().forEach(World::checkNothingIsMissing);
        sockets.forEach(World::checkNothingIsMissing);
    }

    private static void checkNothingIsMissing(Client client) {
        @Nullable Session session = client.session();
        if (session != null) {
            session.checkNothingIsMissing();
        }
    }

    private boolean waits() {
        List<Client> all = new ArrayList<>(rings.values());
        all.addAll(sockets);
        return all.stream().anyMatch(client -> {
            @Nullable Session session = client.session();
            return session != null && session.hasUnanswered();
        });
    }

    // ---- the end of a daemon

    private void dieIfDue() throws IOException, HypervisorException {
        if (frozen != null) {
            kill();
        }
    }

    private void kill() throws IOException, HypervisorException {
        kills++;
        @Nullable Frozen then = frozen;
        if (then == null) {
            model.finish(wasRefused());
        } else {
            then.pages().forEach(RingClient::putBack);
        }
        frozen = null;
        countdown = 0;
        if (planned.looked()) {
            everybodyLooks();
        }
        problems.throwFirst();
        serves = false;
        runs = false;
        daemon.kill();
        if (then != null) {
            disk.putBack(then.disk());
        }
        sockets.forEach(SocketClient::lose);
        socketSessions.clear();
        if (planned.dies() > 0) {
            destroy(planned.dies(), false);
        }
        boolean wasFull = disk.isFull();
        disk.setFull(false);
        daemon = start();
        disk.setFull(wasFull);
        refusals = disk.refusals();
        findOut();
        told = 0;
        sockets.forEach(this::connect);
    }

    /** Finds the moment that the new daemon goes on from: not before anything that somebody was told of. */
    private void findOut() {
        int certain = -1;
        int possible = -1;
        for (int moment = told; moment <= model.now(); moment++) {
            NaiveStore candidate = model.at(moment).copy();
            dead(candidate).forEach(candidate::forget);
            if (Comparison.difference(candidate, daemon.server().engine()).isEmpty()) {
                certain = certain < 0 ? moment : certain;
                possible = moment;
            }
        }
        if (certain < 0) {
            NaiveStore latest = model.at(model.now()).copy();
            dead(latest).forEach(latest::forget);
            throw new AssertionError("what is there after the return is nothing that was there since moment " + told
                    + " of " + model.now() + ", which was told of; compared with the last: "
                    + Comparison.difference(latest, daemon.server().engine()).orElse("the same"));
        }
        model.survives(certain, possible, domid -> !lives(domid));
        problems.throwFirst();
    }

    private List<Integer> dead(NaiveStore candidate) {
        return candidate.domains().keySet().stream()
                .filter(domid -> !lives(domid))
                .toList();
    }

    /** Nobody must wait for anything any more. */
    void finish(QuietLog log) throws Exception {
        disk.setFull(false);
        perform(new Deed.Drain(), log);
    }

    /** Switches the machine off. */
    void close() throws Exception {
        serves = false;
        frozen = new Frozen(disk.image(), Map.of());
        time.end();
        if (runs) {
            daemon.kill();
        }
        host.close();
        disk.close();
    }
}
