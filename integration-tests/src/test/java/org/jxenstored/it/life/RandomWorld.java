package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Arguments;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Message;
import org.jxenstored.protocol.MessageType;
import org.jxenstored.protocol.Value;
import org.jxenstored.sim.SimulatedXen;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.EventPorts;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.host.SimHost;
import org.jxenstored.sim.host.XenAge;

/** A machine on which everything is decided by one seed, the daemon on it, and what must be true there. */
final class RandomWorld {
    /** Longer than it takes the daemon to look at all domains by itself (L-SCAN-13). */
    private static final Duration FULL_LOOK = Duration.ofSeconds(31);

    private static final int PORTS_LOOKED_AT = 64;

    private final VirtualTime time;
    private final boolean uniqueIds;
    private final LostNotifications notifications;
    private final SimHost host;
    private final SpecialEvents events;
    private final ReleaseLedger ledger = new ReleaseLedger();
    private final StoreRights rights = new StoreRights();
    private final List<Inhabitant> inhabitants = new ArrayList<>();
    private final List<Integer> freePorts;
    private Daemon daemon;
    private PrivilegedSocket dom0;
    private boolean newsLost;
    private boolean gracePeriodsHeld;

    RandomWorld(long seed, boolean uniqueIds) throws HypervisorException {
        this.uniqueIds = uniqueIds;
        this.time = new VirtualTime(seed);
        this.notifications = new LostNotifications(time.soon());
        this.host = new SimHost(seed, notifications, time, XenAge.FROM_4_22);
        this.events = new SpecialEvents(host, this::told);
        this.daemon = new Daemon(new SimulatedXen(host, uniqueIds), time);
        this.dom0 = events.watch(daemon.server());
        this.freePorts = freePorts();
    }

    VirtualTime time() {
        return time;
    }

    SimHost host() {
        return host;
    }

    /** False where nobody but its domid tells a domain from another (L-RACE-6). */
    boolean hasUniqueIds() {
        return uniqueIds;
    }

    Daemon daemon() {
        return daemon;
    }

    ReleaseLedger ledger() {
        return ledger;
    }

    StoreRights rights() {
        return rights;
    }

    /** All domains but dom0 that are not freed yet, and some that are. */
    List<Inhabitant> inhabitants() {
        return inhabitants;
    }

    /** The domain that has this number now. */
    Optional<Inhabitant> at(int domid) {
        return inhabitants.stream()
                .filter(each -> each.domid() == domid && each.isListed())
                .findFirst();
    }

    private void told(SpecialEvents.Event event) {
        int slash = event.path().indexOf('/');
        ledger.told(
                event, slash > 0 && wasShutDown(Integer.parseInt(event.path().substring(slash + 1))));
    }

    /** The one that is told of may have a successor by now. */
    private boolean wasShutDown(int domid) {
        return inhabitants.stream()
                .anyMatch(each -> each.domid() == domid
                        && each.introduced
                        && each.domain.state().shutdown());
    }

    // ---- requests of dom0

    /** The payload of the reply, or the name of the error after a question mark. */
    String ask(MessageType type, String... arguments) {
        return text(dom0.ask(type, arguments));
    }

    String askIn(int transaction, MessageType type, String... arguments) {
        return text(dom0.ask(transaction, type, Arguments.join(arguments)));
    }

    private static String text(Message reply) {
        String text = reply.payload().text().replace("\0", "");
        return reply.isOfType(MessageType.ERROR) ? "?" + text : text;
    }

    /** As {@link #ask}; it must work. */
    String done(MessageType type, String... arguments) {
        String answer = ask(type, arguments);
        assertThat(answer).as(type + " " + List.of(arguments)).doesNotStartWith("?");
        return answer;
    }

    void write(String path, String value) {
        Message reply = dom0.ask(0, MessageType.WRITE, Value.of(path + "\0" + value));
        assertThat(text(reply)).as("WRITE " + path).isEqualTo("OK");
    }

    boolean exists(String path) {
        return !ask(MessageType.GET_PERMS, path).startsWith("?");
    }

    // ---- time and news

    /** All do what they can do at this moment. */
    void settle() throws InterruptedException {
        time.settle();
    }

    /** Deaths may have been kept from the daemon, so only a full look tells it of them. */
    void newsWasLost() {
        newsLost = true;
    }

    void loseExceptions() {
        notifications.lose(port -> {
            newsLost |= port == daemon.xen().exceptionPort();
            return port == daemon.xen().exceptionPort();
        });
    }

    void loseRingSignals() {
        notifications.lose(port ->
                port != daemon.xen().exceptionPort() && daemon.xen().bound().contains(port));
    }

    void loseNothing() {
        notifications.lose(_ -> false);
    }

    /** From now on nobody who left the list is freed, which is the moment when the last VIRQ comes (L-FREE-1). */
    void holdGracePeriods(boolean hold) {
        gracePeriodsHeld = hold;
        if (hold) {
            host.gracePeriods().hold();
        } else {
            host.gracePeriods().release();
        }
    }

    boolean holdsGracePeriods() {
        return gracePeriodsHeld;
    }

    /** The daemon learns all there is to learn; it needs a long time only if news was lost. */
    void catchUp() throws InterruptedException {
        loseNothing();
        holdGracePeriods(false);
        if (newsLost) {
            waitForFullLook();
        } else {
            settle();
        }
    }

    void waitForFullLook() throws InterruptedException {
        loseNothing();
        time.pass(FULL_LOOK);
        newsLost = false;
    }

    // ---- the daemon

    /** The daemon ends, something happens meanwhile, and another one starts with an empty store. */
    void restartDaemon(Meanwhile meanwhile) throws HypervisorException, InterruptedException {
        settle();
        daemon.stop();
        rights.clear();
        meanwhile.happens();
        Map<Integer, Boolean> adopted = new TreeMap<>();
        for (Inhabitant each : inhabitants) {
            each.forgotten();
            if (each.isAlive() && each.granted && each.preset) {
                each.introduced = true;
                adopted.put(each.domid(), each.domain.state().shutdown());
            }
        }
        daemon = new Daemon(new SimulatedXen(host, uniqueIds), time);
        dom0 = events.watch(daemon.server());
        settle();
        ledger.startOver(adopted);
        newsLost = false;
        for (Inhabitant each : inhabitants) {
            each.mannerly = each.introduced && each.ring.reconnect();
        }
    }

    /** What is done while no daemon runs. */
    @FunctionalInterface
    interface Meanwhile {
        void happens() throws HypervisorException, InterruptedException;
    }

    // ---- the end

    /** The lowest numbers of ports that dom0 has not open. */
    private List<Integer> freePorts() throws HypervisorException {
        EventPorts ports = host.dom0().ports();
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < PORTS_LOOKED_AT; i++) {
            free.add(ports.allocateUnbound(Domid.DOM0));
        }
        free.forEach(ports::close);
        return free;
    }

    /** Everybody is gone: nothing of them may be left. */
    void checkNothingIsLeft() throws HypervisorException {
        assertThat(host.list()).as("domains left").containsExactly(host.dom0());
        assertThat(daemon.mapped()).as("rings mapped").containsExactly(Domid.DOM0);
        assertThat(daemon.xen().bound()).as("ports of the daemon").hasSize(2);
        assertThat(freePorts()).as("free ports of dom0").isEqualTo(freePorts);
        assertThat(daemon.server().engine().domains().all())
                .as("domains the store knows")
                .hasSize(1);
        for (int domid : inhabitants.stream().map(Inhabitant::domid).distinct().toList()) {
            SimDomain last = host.createDomain(DomainConfig.SMALL.withDomid(domid));
            last.destroy();
        }
    }

    void close() throws InterruptedException {
        settle();
        time.end();
        daemon.stop();
        host.close();
        time.settle();
    }
}
