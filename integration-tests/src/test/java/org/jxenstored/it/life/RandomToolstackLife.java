package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.jxenstored.client.XenstoreException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.dom0.Dom0;
import org.jxenstored.sim.dom0.WayToStore;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.EventPorts;
import org.jxenstored.sim.host.RawRing;
import org.jxenstored.sim.host.Reference;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.host.XenAge;
import org.jxenstored.sim.toolstack.DeviceModelKind;
import org.jxenstored.sim.toolstack.GuestConfig;
import org.jxenstored.sim.toolstack.KernelKind;
import org.jxenstored.sim.toolstack.Records;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;
import org.jxenstored.sim.xenbus.DeviceType;

/**
 * The life of a machine with a toolstack, kernels, devices, driver domains and device models, many of them at
 * something at the same time, in an order that a seed decides. Those who ask do not know what the others do, so
 * being refused is no failure; leaving something behind is.
 */
final class RandomToolstackLife implements Life {
    private static final int DEEDS_MIN = 10;
    private static final int DEEDS_MAX = 40;
    private static final int LIVING_MAX = 8;
    private static final List<String> NAMES = List.of("ant", "bee", "cat", "dog", "eel");
    private static final Duration ALL_DONE = Duration.ofMinutes(3);
    private static final int PORTS_LOOKED_AT = 64;

    /** One thing that is asked of the toolstack or done behind its back. */
    @FunctionalInterface
    private interface Deed {
        void run() throws ToolstackException, HypervisorException, InterruptedException;
    }

    private final Chance chance;
    private final VirtualTime time;
    private final LostNotifications notifications;
    private final SimHost host;
    private final ReleaseLedger ledger = new ReleaseLedger();
    private final Daemon daemon;
    private final PrivilegedSocket watcher;
    private final Dom0 dom0;
    private final Toolstack toolstack;
    private final List<Integer> freePorts;
    private final List<String> history = new ArrayList<>();

    /** Who was introduced last under each domid, and how often RESUME was asked for it when last told of. */
    private final Map<Integer, SimDomain> introduced = new TreeMap<>();

    private final Map<Integer, Long> resumes = new TreeMap<>();

    RandomToolstackLife(long seed) throws Exception {
        chance = new Chance(seed);
        time = new VirtualTime(seed);
        notifications = new LostNotifications(time.soon());
        host = new SimHost(seed, notifications, time, XenAge.FROM_4_22);
        SpecialEvents events = new SpecialEvents(host, this::told);
        daemon = new Daemon(new SimulatedXen(host), time);
        watcher = events.watch(daemon.server());
        dom0 = new Dom0(host, new Records());
        dom0.daemonIsServing(new WayToStore.OwnRing(Domid.DOM0));
        toolstack = time.call("dom0", dom0::toolstack);
        time.settle();
        freePorts = freePorts();
    }

    private List<Integer> freePorts() throws HypervisorException {
        EventPorts ports = host.dom0().ports();
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < PORTS_LOOKED_AT; i++) {
            free.add(ports.allocateUnbound(Domid.DOM0));
        }
        free.forEach(ports::close);
        return free;
    }

    @Override
    public List<String> history() {
        return history;
    }

    @Override
    public long stepsTaken() {
        return time.hash();
    }

    @Override
    public long eventsJudged() {
        return ledger.judged();
    }

    private void told(SpecialEvents.Event event) {
        int slash = event.path().indexOf('/');
        if (slash < 0) {
            ledger.told(event, false);
            return;
        }
        int domid = Integer.parseInt(event.path().substring(slash + 1));
        if (event.path().startsWith(SpecialEvents.INTRODUCE)) {
            host.find(domid).ifPresent(domain -> introduced.put(domid, domain));
        }
        @Nullable SimDomain domain = introduced.get(domid);
        boolean down = domain != null && domain.state().shutdown();
        long resumed = domain == null ? 0 : resumedSince(domain);
        if (resumed > 0 && !down) {
            // The toolstack heard of the shutdown before we did, and has resumed the domain since.
            resuming(domid, resumed - 1);
            ledger.told(event, true);
            resuming(domid, 1);
        } else {
            resuming(domid, resumed);
            ledger.told(event, down);
        }
    }

    private void resuming(int domid, long times) {
        for (long i = 0; i < times; i++) {
            ledger.resuming(domid);
        }
    }

    /** How often RESUME was asked for this domain since this was asked last. */
    private long resumedSince(SimDomain domain) {
        long asked = host.timeline().of(domain.uniqueId()).stream()
                .filter(happening -> happening.what().equals("RESUME " + domain.domid()))
                .count();
        @Nullable Long before = resumes.put(domain.domid(), asked);
        return before == null ? 0 : Math.max(0, asked - before);
    }

    @Override
    public void live() throws Exception {
        for (int left = DEEDS_MIN + chance.outOf(DEEDS_MAX - DEEDS_MIN); left > 0; left--) {
            begin();
            switch (chance.outOf(6)) {
                case 0 -> {}
                case 1 -> time.steps(1 + chance.outOf(200));
                case 2, 3 -> time.pass(Duration.ofMillis(chance.outOf(3000)));
                case 4 -> time.pass(Duration.ofSeconds(chance.outOf(30)));
                default -> inspectSometimes();
            }
        }
        inspect();
        end();
    }

    private void inspectSometimes() throws InterruptedException {
        if (chance.outOf(3) == 0) {
            inspect();
        }
    }

    // ---- what is done

    private void begin() {
        Optional<SimDomain> chosen = chance.oneOf(host.list(), domain -> domain != host.dom0());
        if (chosen.isEmpty() || (chance.outOf(3) == 0 && host.list().size() < LIVING_MAX)) {
            GuestConfig config = config();
            start("create " + brief(config), () -> {
                var _ = toolstack.create(config);
            });
            return;
        }
        SimDomain domain = chosen.get();
        switch (chance.outOf(14)) {
            case 0, 1 -> start("destroy " + domain, () -> toolstack.destroy(domain));
            case 2 ->
                start("restart " + domain, () -> {
                    var _ = toolstack.restart(domain);
                });
            case 3, 4 -> {
                ShutdownRequest request = chance.oneOf(List.of(ShutdownRequest.values()));
                start("ask " + domain + " for " + request, () -> toolstack.shutdown(domain, request));
            }
            case 5 ->
                start("suspend and resume " + domain, () -> {
                    toolstack.suspend(domain);
                    toolstack.resume(domain);
                });
            case 6 -> start("kexec " + domain, () -> toolstack.kexec(domain));
            case 7 -> start("crash " + domain, () -> toolstack.crash(domain));
            case 8 ->
                start("migrate " + domain, () -> {
                    var _ = toolstack.migrate(domain);
                });
            case 9 ->
                start("save and restore " + domain, () -> {
                    String name = toolstack.nameOf(domain).orElse("");
                    var _ = toolstack.save(domain);
                    var _ = toolstack.restore(name);
                });
            case 10 -> start("destroy " + domain + " behind the toolstack's back", () -> destroyUnseen(domain));
            case 11 ->
                start("bad indexes in " + domain, () -> {
                    if (!domain.state().isDead()) {
                        domain.rawRing().setWord(RawRing.REQUEST_PRODUCER, chance.outOf(1 << 20));
                        domain.signalStore();
                    }
                });
            case 12 -> start("triple fault of " + domain, domain::tripleFault);
            default -> loseExceptions();
        }
    }

    /** Not one that is just being made: whoever makes it does not look whether it is still there. */
    private static void destroyUnseen(SimDomain domain) throws HypervisorException {
        if (!domain.isPaused()) {
            domain.destroy();
        }
    }

    private void loseExceptions() {
        boolean all = chance.outOf(2) == 0;
        history.add(time.millis() + " ms: VIRQ_DOM_EXC is " + (all ? "" : "not ") + "lost from now on");
        notifications.lose(port -> all && port == daemon.xen().exceptionPort());
    }

    private GuestConfig config() {
        DomainType type = chance.oneOf(List.of(DomainType.values()));
        int domid = chance.outOf(2) == 0 ? Domid.ANY : 1 + chance.outOf(6);
        GuestConfig config = GuestConfig.named(chance.oneOf(NAMES))
                .withDomain(DomainConfig.SMALL.withType(type).withDomid(domid))
                .withDeviceModel(chance.oneOf(List.of(DeviceModelKind.values())))
                .withKernel(chance.oneOf(List.of(
                        KernelKind.ORDINARY,
                        KernelKind.ORDINARY,
                        KernelKind.DRIVER_DOMAIN,
                        KernelKind.STUCK_DRIVER_DOMAIN,
                        KernelKind.BARE)));
        for (int left = chance.outOf(3); left > 0; left--) {
            String backend = chance.outOf(2) == 0 ? "0" : chance.oneOf(NAMES);
            config = config.withDevice(chance.oneOf(List.of(DeviceType.values())), backend);
        }
        return config;
    }

    private static String brief(GuestConfig config) {
        return config.name() + " as domain " + config.domain().domid() + ", "
                + config.domain().type() + ", " + config.kernel() + ", " + config.devices() + ", "
                + config.deviceModel();
    }

    private void start(String what, Deed deed) {
        int number = history.size();
        history.add(time.millis() + " ms: " + what);
        var _ = time.start(what, () -> {
            String end = "done";
            try {
                deed.run();
            } catch (ToolstackException | HypervisorException | XenstoreException refusal) {
                end = String.valueOf(refusal.getMessage());
            } catch (InterruptedException stopped) {
                end = "stopped";
            }
            history.set(number, history.get(number) + " -> " + end);
        });
    }

    // ---- what must be true

    private void inspect() throws InterruptedException {
        history.add(time.millis() + " ms: inspection");
        notifications.lose(_ -> false);
        time.pass(ALL_DONE);
        Set<Integer> now = introducedNow();
        time.settle();
        ledger.judge(now);
        daemon.check();
        List<Integer> mapped = new ArrayList<>(now);
        mapped.addFirst(Domid.DOM0);
        assertThat(daemon.mapped()).as("rings mapped").isEqualTo(mapped);
        for (SimDomain domain : host.list()) {
            if (domain.state().isDead()) {
                checkZombie(domain);
            }
        }
        checkHomes();
    }

    private String ask(MessageType type, String argument) {
        Message reply = watcher.ask(0, type, Value.of(argument + "\0"));
        return reply.isOfType(MessageType.ERROR) ? "" : reply.payload().text();
    }

    private Set<Integer> introducedNow() {
        Set<Integer> now = new TreeSet<>();
        for (SimDomain domain : host.list()) {
            if (domain != host.dom0()
                    && ask(MessageType.IS_DOMAIN_INTRODUCED, Integer.toString(domain.domid()))
                            .startsWith("T")) {
                assertThat(domain.state().isDead()).as(domain + " is dead").isFalse();
                now.add(domain.domid());
            }
        }
        return now;
    }

    /** Only those keep a dead domain who do so on purpose: dom0 and the daemon do not. */
    private void checkZombie(SimDomain dead) {
        assertThat(dead.references().stream()
                        .filter(reference -> reference.kind() != Reference.Kind.MEMORY)
                        .toList())
                .as("who keeps " + dead)
                .isNotEmpty()
                .allSatisfy(
                        reference -> assertThat(host.find(reference.domid())).isPresent())
                .noneMatch(reference -> reference.domid() == Domid.DOM0);
    }

    /**
     * No home outlives its domain: the toolstack hears of every end (L-KILL-5). Who adds a device whose backend's domain
     * ends at that moment makes a part of its home anew, which is no home.
     */
    private void checkHomes() {
        for (String name : Arguments.all(Value.of(ask(MessageType.DIRECTORY, "/local/domain")))) {
            if (!ask(MessageType.READ, "/local/domain/" + name + "/domid").isEmpty()) {
                assertThat(host.find(Integer.parseInt(name))
                                .filter(domain -> !domain.state().isDead()))
                        .as("the home of domain " + name + " has a domain")
                        .isPresent();
            }
        }
    }

    private void end() throws Exception {
        history.add(time.millis() + " ms: the end");
        for (SimDomain domain : host.list().reversed()) {
            if (domain != host.dom0()) {
                start("destroy " + domain, domain::destroy);
            }
        }
        inspect();
        assertThat(host.list()).as("domains left").containsExactly(host.dom0());
        assertThat(freePorts()).as("free ports of dom0").isEqualTo(freePorts);
        assertThat(daemon.server().engine().domains().all())
                .as("domains the store knows")
                .hasSize(1);
        time.end();
        dom0.close();
        daemon.stop();
        host.close();
        time.settle();
    }
}
