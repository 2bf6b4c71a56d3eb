package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jxenstored.client.XenstoreClient;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Permission;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.GuestProgram;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.SimDomain;

/**
 * Tests on a simulated machine in virtual time. Each test method is itself a program there: it may block, and others
 * do something only while it waits, see {@link #settle}.
 */
@ExtendWith(InVirtualTime.class)
abstract class LifeTest {
    static final String PLAIN = SpecialEvents.RELEASE;

    private static final int BACKEND_GRANT = 8;

    final LifeWorld world;

    LifeTest(Machine machine) {
        this.world = new LifeWorld(machine);
    }

    @AfterEach
    final void everythingIsInOrder() throws InterruptedException {
        world.close();
    }

    static String released(SimDomain domain) {
        return PLAIN + "/" + domain.domid();
    }

    static List<String> introduced(SimDomain domain) {
        return List.of(SpecialEvents.INTRODUCE, SpecialEvents.INTRODUCE + "/" + domain.domid());
    }

    /** All others do what they can do at this moment. */
    final void settle() throws InterruptedException {
        world.time().settle();
    }

    /** What was told about domains since the last call, after all had the time to tell it. */
    final List<String> news() throws InterruptedException {
        settle();
        return world.events().news();
    }

    final XenstoreClient dom0() {
        return world.dom0();
    }

    final XenstoreClient store(SimDomain guest) {
        return world.store(guest);
    }

    /** {@link #news} after a time in which all that happens only now and then has happened. */
    final List<String> lateNews() throws InterruptedException {
        world.waitLong();
        return news();
    }

    final boolean exists(int domid) {
        return world.host().find(domid).isPresent();
    }

    /** A domain as a toolstack has built it, but the store does not know it yet; lifecycle.md 3 up to step 5. */
    final SimDomain build(DomainConfig config) throws HypervisorException {
        SimDomain domain = world.host().createDomain(config);
        domain.prepareStore(Domid.DOM0);
        domain.load(new GuestProgram() {
            @Override
            public void start() {}

            @Override
            public void stop() {
                world.closeStore(domain);
            }
        });
        return domain;
    }

    /** Makes the store know a domain, and its home with one node of its own. */
    final void introduce(SimDomain domain) {
        introduce(domain, domain.storeGfn());
    }

    /** The same, naming this frame as its store page. */
    final void introduce(SimDomain domain, long gfn) {
        String home = dom0().domainPath(domain.domid());
        dom0().write(home + "/data", "");
        dom0().setPermissions(
                        home, new Permission(Access.NONE, Domid.DOM0), new Permission(Access.READ, domain.domid()));
        dom0().setPermissions(home + "/data", new Permission(Access.NONE, domain.domid()));
        dom0().introduce(domain.domid(), gfn, domain.storePort());
    }

    /** A guest that runs and is introduced, which is no news any more. */
    final SimDomain guest(DomainConfig config) throws HypervisorException, InterruptedException {
        SimDomain domain = build(config);
        introduce(domain);
        domain.unpause();
        assertThat(news()).containsExactly(SpecialEvents.INTRODUCE, SpecialEvents.INTRODUCE + "/" + domain.domid());
        return domain;
    }

    /** Lets a domain map this guest's store page, as a backend maps its rings: nobody but itself makes it unmap. */
    final Mapping map(SimDomain guest, SimDomain by) throws HypervisorException {
        guest.grantStorePage(BACKEND_GRANT, by.domid());
        return by.mapGrant(guest.domid(), BACKEND_GRANT);
    }

    final SimDomain guest() throws HypervisorException, InterruptedException {
        return guest(DomainConfig.SMALL);
    }
}
