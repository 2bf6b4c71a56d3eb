package org.jxenstored.it.transcript;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jxenstored.control.Check;
import org.jxenstored.control.Control;
import org.jxenstored.engine.ConsistencyCheck;
import org.jxenstored.engine.Engine;
import org.jxenstored.engine.EngineConfig;
import org.jxenstored.engine.RingHost.Attachment;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.Errno;

/**
 * The engine alone, with a table of domains for a hypervisor and a clock that stands still unless it is told.
 *
 * <p>Here is what the daemon's shell does around the engine, as plainly as it can be done: requests wait in each
 * client's input until the engine admits them, output goes out as soon as there is room for it.
 */
public final class EngineWorld implements World {
    /** How clients and domains behave. */
    private enum Manner {
        /** Everybody reads at once; each domain has the same event channel port. */
        PLAIN,
        /** A message stays in the daemon's queue until the transcript receives it; domains have any ports. */
        RECORDED
    }

    static final Set<Ability> ABILITIES = EnumSet.of(Ability.CLOCK, Ability.REUSE, Ability.KEEP_ORPHANS);
    private static final long FRAME = 17;
    private static final int PORT = 5;

    private final Manner manner;
    private final Path directory;
    private final DomainTable domains = new DomainTable();
    private final Map<Integer, EngineClient> rings = new TreeMap<>();
    private final List<EngineClient> clients = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Engine engine;
    private long millis;

    EngineWorld(EngineConfig config, Path directory) {
        this(Manner.PLAIN, config, directory);
    }

    private EngineWorld(Manner manner, EngineConfig config, Path directory) {
        this.manner = manner;
        this.directory = directory;
        domains.build(0);
        engine = new Engine(config, domains, (domid, gfn, port) -> attach(domid, port), () -> millis, new NoTrace());
        engine.adoptRing(0, addRing(0).guestEnd());
    }

    /**
     * A world for what was recorded elsewhere: every domain has the port that the recording says, and a message leaves
     * the engine's queue exactly when the transcript receives it, because events that wait are merged (S-DUP-1). Of
     * CONTROL there is {@code check}.
     */
    public static EngineWorld asRecorded(Path directory) {
        EngineWorld world = new EngineWorld(Manner.RECORDED, EngineConfig.DEFAULT, directory);
        world.engine.addControl(new Control(List.of(new Check(world.engine))));
        return world;
    }

    /** True if a client takes a message only when it is asked to. */
    boolean outputWaits() {
        return manner == Manner.RECORDED;
    }

    /** Something that must not be, to be told at the end. */
    void find(String finding) {
        notes.add(finding);
    }

    private Attachment attach(int domid, int port) {
        EngineClient client = rings.get(domid);
        boolean bound = port == PORT || manner == Manner.RECORDED;
        if (client == null || domains.find(domid).isEmpty() || !bound) {
            return new Attachment.Refused(Errno.EINVAL, "no such page or port");
        }
        return new Attachment.Attached(client.guestEnd());
    }

    private EngineClient addRing(int domid) {
        EngineClient client = EngineClient.ring(this, engine, domid);
        rings.put(domid, client);
        clients.add(client);
        return client;
    }

    /** Serves what can be served until nothing moves any more. */
    void turn() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (EngineClient client : List.copyOf(clients)) {
                moved |= client.serveOne();
                moved |= client.drain();
            }
            while (engine.isBehind()) {
                engine.tellSome();
            }
            engine.tick();
        }
    }

    @Override
    public Set<Ability> abilities() {
        return ABILITIES;
    }

    @Override
    public Client socket() {
        EngineClient client = EngineClient.socket(this, engine);
        clients.add(client);
        return client;
    }

    @Override
    public Client ring(int domid) {
        EngineClient client = rings.get(domid);
        if (client == null) {
            throw new IllegalArgumentException("there is no domain " + domid);
        }
        return client;
    }

    @Override
    public void build(int domid) {
        domains.build(domid);
        addRing(domid);
    }

    @Override
    public long frame(int domid) {
        return FRAME;
    }

    @Override
    public int port(int domid) {
        return PORT;
    }

    @Override
    public void shutDown(int domid, int code) {
        domains.shutDown(domid, code);
    }

    @Override
    public void resume(int domid) {
        domains.resume(domid);
    }

    @Override
    public void destroy(int domid, Life reached) {
        EngineClient guest = rings.get(domid);
        if (guest != null) {
            guest.ends("dies");
        }
        domains.destroy(domid, reached);
    }

    @Override
    public void vanish(int domid) {
        domains.vanish(domid);
    }

    @Override
    public void raiseDomainException() {
        engine.scan();
        turn();
    }

    @Override
    public void pass(Duration time) {
        long until = millis + time.toMillis();
        while (engine.nextDeadline() <= until) {
            millis = Math.max(millis, engine.nextDeadline());
            turn();
        }
        millis = until;
        turn();
    }

    @Override
    public void settle() {
        turn();
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public List<String> findings() {
        return Stream.concat(notes.stream(), new ConsistencyCheck(engine).findings().stream())
                .toList();
    }

    @Override
    public void close() {
        clients.clear();
    }
}
