package org.jxenstored.it.search;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.it.life.VirtualTime;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;

/** A machine with the real server on it, its clients and its disk, to which deeds are done. */
final class World {
    /** Clients: dom0's kernel, then guests by domid, then two programs at sockets. */
    static final int GUESTS = 5;

    static final int CLIENTS = GUESTS + 3;

    private static final int LARGE = 4000;
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final int SLICES_MAX = 1200;

    private final VirtualTime time;
    private final SimHost host;
    private final MemoryDisk disk = new MemoryDisk();
    private final Clients clients = new Clients();
    private final MortalDaemon daemon;
    private boolean introduced;

    World(long seed) throws IOException, HypervisorException {
        time = new VirtualTime(seed);
        host = new SimHost(seed, time);
        daemon = new MortalDaemon(host, time, disk, clients, this::lives);
        RingClient kernel = new RingClient(host.dom0(), this::told);
        kernel.begin(daemon.ring(0));
        clients.add(kernel);
        clients.add(new SocketClient(this::told, daemon::isAlive));
        clients.add(new SocketClient(this::told, daemon::isAlive));
        clients.sockets().forEach(daemon::connect);
    }

    private boolean lives(int domid) {
        return domid == 0
                || host.find(domid).filter(domain -> !domain.state().isDead()).isPresent();
    }

    /** How often the daemon was killed. */
    long kills() {
        return daemon.kills();
    }

    /** How many requests were served. */
    long served() {
        return daemon.served();
    }

    private void told(Client client, Message message, int moment) {
        daemon.told(moment);
        introduced |= message.isOfType(MessageType.INTRODUCE);
    }

    // ---- deeds

    /** Does it, if it can be done now; then all that must be so has to be so. */
    void perform(Deed deed, QuietLog log) throws Exception {
        switch (deed) {
            case Deed.Ask ask -> ask(ask);
            case Deed.Look(int client, boolean halves) -> {
                @Nullable RingClient ring = clients.ring(client);
                if (ring != null) {
                    ring.sendHalves(halves);
                    ring.look();
                }
            }
            case Deed.Reconnect(int client) ->
                reconnect(clients.sockets().get(client % clients.sockets().size()));
            case Deed.Introduce(int domid) -> introduce(domid);
            case Deed.Destroy(int domid, boolean release) -> destroy(domid, release);
            case Deed.Steps(int count) -> {
                for (int i = 0; i < count && time.takeStep(); i++) {
                    daemon.dieIfDue();
                }
            }
            case Deed.Pass(int millis) -> pass(Duration.ofMillis(millis));
            case Deed.Drain() -> drain();
            case Deed.Fill(int count) -> {
                for (int left = disk.isFull() ? count : 0; left > 0; left--) {
                    privileged().ask(0, MessageType.WRITE, "/fill\0" + left + "f".repeat(LARGE));
                }
            }
            case Deed.Disk(boolean full) -> disk.setFull(full);
            case Deed.Kill kill -> daemon.kill(kill);
        }
        daemon.dieIfDue();
        daemon.check(log);
    }

    private void ask(Deed.Ask ask) {
        if (namesStranger(ask)) {
            return;
        }
        if (ask.client() > GUESTS) {
            clients.sockets().get(ask.client() - GUESTS - 1).ask(ask.place(), ask.type(), ask.payload());
            return;
        }
        @Nullable RingClient ring = clients.ring(ask.client());
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
        @Nullable RingClient ring = clients.ring(domid);
        return domid != Domid.ANY && lives(domid) && (ring == null || ring.session() == null);
    }

    /** The program at a socket that does what only dom0 may. */
    private SocketClient privileged() {
        return clients.sockets().getFirst();
    }

    private void reconnect(SocketClient socket) {
        @Nullable Session session = socket.session();
        socket.close();
        if (session != null) {
            daemon.disconnect(session);
        }
        daemon.connect(socket);
    }

    private void introduce(int domid) throws Exception {
        Optional<SimDomain> present = host.find(domid);
        @Nullable RingClient ring = clients.ring(domid);
        if (present.isPresent() && (ring == null || daemon.isDoomed())) {
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
            clients.add(ring);
        }
        introduced = false;
        SimDomain domain = ring.domain();
        privileged().ask(0, MessageType.INTRODUCE, domid + "\0" + domain.storeGfn() + "\0" + domain.storePort() + "\0");
        if (introduced) {
            ring.begin(daemon.ring(domid));
        }
    }

    private void destroy(int domid, boolean release) throws HypervisorException {
        if (clients.destroyGuest(domid) && release) {
            privileged().ask(0, MessageType.RELEASE, domid + "\0");
        }
    }

    private void settle() throws Exception {
        while (time.takeStep()) {
            daemon.dieIfDue();
        }
    }

    /** Everybody reads meanwhile, so that no event is given up. */
    private void pass(Duration span) throws Exception {
        for (Duration left = span; left.isPositive(); left = left.minus(SLICE)) {
            settle();
            clients.look();
            time.pass(left.compareTo(SLICE) < 0 ? left : SLICE);
            daemon.dieIfDue();
            clients.look();
        }
    }

    private void drain() throws Exception {
        for (int i = 0; i < SLICES_MAX; i++) {
            settle();
            if (!clients.look()) {
                if (!clients.hasUnanswered()) {
                    break;
                }
                time.pass(SLICE);
                daemon.dieIfDue();
            }
        }
        settle();
        clients.checkNothingIsMissing();
    }

    /** Nobody must wait for anything any more. */
    void finish(QuietLog log) throws Exception {
        disk.setFull(false);
        perform(new Deed.Drain(), log);
    }

    /** Switches the machine off. */
    void close() throws Exception {
        daemon.abandon();
        time.end();
        daemon.close();
        host.close();
        disk.close();
    }
}
