package org.jxenstored.it.transcript;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.listener.EventLoopThread;
import org.jxenstored.listener.ListenAddress;
import org.jxenstored.listener.ListenException;
import org.jxenstored.listener.Listeners;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.server.XenstoreServer;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.Notification;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.trace.Tracer;

/** The daemon's server with its listener, on a simulated Xen: real sockets, real ring pages, real time. */
public final class DaemonWorld implements World {
    static final Set<Ability> ABILITIES =
            EnumSet.of(Ability.WIRE, Ability.CONTROL, Ability.DAEMON, Ability.KEEP_ORPHANS);

    /** How long something that has to come may take. */
    static final long PATIENCE_MILLIS = 10_000;

    private static final long SEED = 1;
    private static final int SETTLE_ROUNDS = 3;

    /** A domain that is made and destroyed to raise VIRQ_DOM_EXC. */
    private static final int STRANGER = 32000;

    private final Path directory;
    private final List<Runnable> heldBack = new ArrayList<>();
    private final ThreadLocal<Boolean> holding = ThreadLocal.withInitial(() -> false);
    private final SimHost host = new SimHost(SEED, this::deliver);
    private final SimulatedXen xen = new SimulatedXen(host);
    private final EventLoopThread loop = EventLoopThread.start();
    private final XenstoreServer server;
    private final Listeners listeners;
    private final Path socket;
    private final List<Client> clients = new ArrayList<>();
    private final Map<Integer, SimDomain> domains = new HashMap<>();
    private final Map<Integer, RingClient> rings = new HashMap<>();

    /** What keeps a dead domain in the list until it shall vanish. */
    private final Map<Integer, Mapping> backends = new HashMap<>();

    private final SocketClient probe;

    /**
     * Starts it.
     *
     * @param directory for its socket and other files; its path is short
     */
    public DaemonWorld(EngineConfig config, Path directory) {
        this.directory = directory;
        this.socket = directory.resolve("socket");
        try {
            Tracer tracer = new Tracer(Optional.empty(), Set.of("obj", "io"), directory);
            server = XenstoreServer.start(config, xen, loop, tracer);
            listeners =
                    Listeners.open(loop, List.of(new ListenAddress.Unix(socket, OptionalInt.empty())), server::accept);
        } catch (HypervisorException | ListenException e) {
            throw new IllegalStateException("the daemon does not start", e);
        }
        domains.put(Domid.DOM0, host.dom0());
        probe = new SocketClient(socket);
    }

    /** Notifications run at once, but VIRQs that the transcript does not want yet wait. */
    private void deliver(Runnable notification) {
        if (holding.get() && notification instanceof Notification to && to.domid() == Domid.DOM0) {
            heldBack.add(notification);
        } else {
            notification.run();
        }
    }

    /** Where clients connect. */
    public Path socketFile() {
        return socket;
    }

    private interface Change {
        void run() throws HypervisorException;
    }

    private void quietly(Change change) {
        holding.set(true);
        try {
            change.run();
        } catch (HypervisorException e) {
            throw new IllegalStateException(e);
        } finally {
            holding.set(false);
        }
    }

    private SimDomain domain(int domid) {
        SimDomain domain = domains.get(domid);
        if (domain == null) {
            throw new IllegalArgumentException("there is no domain " + domid);
        }
        return domain;
    }

    @Override
    public Set<Ability> abilities() {
        return ABILITIES;
    }

    @Override
    public Client socket() {
        SocketClient client = new SocketClient(socket);
        clients.add(client);
        return client;
    }

    @Override
    public Client ring(int domid) {
        return rings.computeIfAbsent(domid, id -> new RingClient(domain(id)));
    }

    @Override
    public void build(int domid) {
        quietly(() -> {
            SimDomain domain = host.createDomain(DomainConfig.SMALL.withDomid(domid));
            domain.prepareStore(Domid.DOM0);
            domain.unpause();
            backends.put(domid, host.dom0().mapGrant(domid, RingMapper.GRANT_XENSTORE));
            domains.put(domid, domain);
            rings.put(domid, new RingClient(domain));
        });
    }

    @Override
    public long frame(int domid) {
        return domain(domid).storeGfn();
    }

    @Override
    public int port(int domid) {
        return domain(domid).storePort();
    }

    @Override
    public void shutDown(int domid, int code) {
        quietly(() -> domain(domid).shutdown(code));
    }

    @Override
    public void resume(int domid) {
        quietly(() -> domain(domid).resume());
    }

    @Override
    public void destroy(int domid, Life reached) {
        quietly(() -> {
            domain(domid).beginDestroy();
            if (reached == Life.DEAD) {
                domain(domid).destroy();
            }
        });
    }

    @Override
    public void vanish(int domid) {
        quietly(() -> {
            domain(domid).destroy();
            Mapping last = backends.remove(domid);
            if (last != null) {
                last.close();
            }
        });
    }

    @Override
    public void raiseDomainException() {
        List.copyOf(heldBack).forEach(Runnable::run);
        heldBack.clear();
        settle();
        quietly(() -> host.createDomain(DomainConfig.SMALL.withDomid(STRANGER)).destroy());
        List.copyOf(heldBack).forEach(Runnable::run);
        heldBack.clear();
        settle();
    }

    @Override
    public void pass(Duration time) {
        throw new UnsupportedOperationException("time passes by itself here");
    }

    /** A round trip for bytes and one for tasks, several times: what is under way causes more. */
    @Override
    public void settle() {
        for (int round = 0; round < SETTLE_ROUNDS; round++) {
            probe.send(Message.of(MessageType.GET_DOMAIN_PATH, 0, 0, Value.of("0\0"))
                    .toByteArray());
            var _ = probe.receive().orElseThrow(() -> new AssertionError("the daemon does not answer any more"));
            server.onLoop(() -> true);
        }
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public List<String> findings() {
        return server.onLoop(() -> new ConsistencyCheck(server.engine()).findings());
    }

    @Override
    public void close() {
        clients.forEach(Client::close);
        probe.close();
        listeners.close();
        server.close();
        xen.close();
        host.close();
        loop.close();
    }
}
