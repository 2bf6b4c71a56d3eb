package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.domain.Domain;
import org.jxenstored.domain.QuotaName;
import org.jxenstored.engine.Engine;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Permission;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.store.Node;

/**
 * Tests on what hostile guests can do: a {@link LifeTest} for other packages, in which some guests have a
 * {@link HostileGuest} for a kernel. After each test the books are right and the daemon has logged no defect.
 */
public abstract class AdvisoryTest extends LifeTest {
    /** What dom0 keeps to itself. */
    protected static final Permission DOM0S = new Permission(Access.NONE, Domid.DOM0);

    private final DefectLog defects = new DefectLog();

    protected AdvisoryTest(Machine machine) {
        super(machine);
    }

    @BeforeEach
    final void beginToListen() {
        defects.begin();
    }

    @AfterEach
    final void noDefects() {
        defects.end();
        assertThat(defects.taken()).as("defects in the daemon's log").isEmpty();
    }

    /** A guest that is introduced and has a home with one node of its own, {@code data}. */
    protected final HostileGuest hostile() throws HypervisorException, InterruptedException {
        return hostile(DomainConfig.SMALL);
    }

    /** The same with this number. */
    protected final HostileGuest hostile(int domid) throws HypervisorException, InterruptedException {
        return hostile(DomainConfig.SMALL.withDomid(domid));
    }

    private HostileGuest hostile(DomainConfig config) throws HypervisorException, InterruptedException {
        return new HostileGuest(guest(config), world.time());
    }

    /** A domain that the toolstack has built, and of which the store was not told. */
    protected final HostileGuest unintroduced() throws HypervisorException {
        return new HostileGuest(build(DomainConfig.SMALL), world.time());
    }

    /** Introduces a domain, and gives it the home it would have. */
    protected final void introduce(HostileGuest guest) {
        introduce(guest.domain());
    }

    /** Destroys the domain, and waits until the daemon has told of it. */
    protected final void destroy(HostileGuest guest) throws HypervisorException, InterruptedException {
        guest.domain().destroy();
        assertThat(specialEvents()).containsExactly("@releaseDomain", "@releaseDomain/" + guest.domid());
    }

    /** The toolstack's connection. */
    protected final XenstoreClient toolstack() {
        return dom0();
    }

    /** The path of something below a guest's home. */
    protected static String home(HostileGuest guest, String name) {
        return "/local/domain/" + guest.domid() + "/" + name;
    }

    /** All others do what they can do at this moment. */
    protected final void rest() throws InterruptedException {
        settle();
    }

    /** Lets time pass. */
    protected final void pass(Duration time) throws InterruptedException {
        world.time().pass(time);
    }

    /** Lets time pass until this is so. */
    protected final void until(BooleanSupplier condition, Duration limit) throws InterruptedException {
        world.time().until(condition, limit);
    }

    /** Starts a program of the simulated machine. */
    protected final void start(String name, Runnable program) {
        var _ = world.time().start(name, program);
    }

    /** The time on the machine. */
    protected final long millis() {
        return world.time().millis();
    }

    /** What was told about domains since the last call. */
    protected final List<String> specialEvents() throws InterruptedException {
        return news();
    }

    /** The daemon learns of deaths late from now on, until {@link #deliverDeaths}. */
    protected final void holdDeaths() {
        world.daemon().xen().holdDomainException();
    }

    protected final void deliverDeaths() {
        world.daemon().xen().deliverDomainException();
    }

    /** The daemon's inside, for what cannot be seen on the wire. */
    protected final Engine engine() {
        return world.daemon().server().engine();
    }

    /** What the daemon has counted for a domain. */
    protected final long counted(HostileGuest guest, QuotaName quota) {
        @Nullable Domain domain = engine().domains().get(guest.domid());
        if (domain == null) {
            throw new AssertionError("the store does not know domain " + guest.domid());
        }
        return domain.gauge(quota).value();
    }

    /** Nodes of the whole store. */
    protected final int nodes() {
        return count(engine().store().tree().root());
    }

    private static int count(Node node) {
        int sum = 1;
        for (Map.Entry<String, Node> child : node.children()) {
            sum += count(child.getValue());
        }
        return sum;
    }

    /** Domids of the domains whose rings the daemon has mapped. */
    protected final List<Integer> mapped() {
        return world.daemon().mapped();
    }

    /** Everybody else is still served: a new guest reads its home, and the toolstack changes it. */
    protected final void othersAreServed() throws HypervisorException, InterruptedException {
        SimDomain other = guest();
        HostileGuest honest = new HostileGuest(other, world.time());
        String data = home(honest, "data");
        toolstack().write(data, "still here");
        assertThat(honest.read("data")).isEqualTo("still here");
        destroy(honest);
    }
}
