package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.it.life.Denials.denied;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.SimDomain;

/** A guest and the stub domain with its device model: each may die first (S-DEATH-10). */
@OnEveryMachine
final class DevicemodelDeathTest extends LifeTest {
    DevicemodelDeathTest(Machine machine) {
        super(machine);
    }

    /** A stub domain that acts for this guest. */
    private SimDomain stubdomOf(SimDomain guest) throws Exception {
        SimDomain stubdom = guest();
        dom0().setTarget(stubdom.domid(), guest.domid());
        return stubdom;
    }

    private String data(SimDomain domain) {
        return dom0().domainPath(domain.domid()) + "/data";
    }

    @Test
    @DisplayName("L-T-13, 12.9: a guest that dies before its stub domain is reported at once, and leaves it no rights")
    void theGuestDiesFirst() throws Exception {
        SimDomain guest = guest();
        SimDomain stubdom = stubdomOf(guest);
        store(stubdom).write(data(guest), "written by the device model");
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest));
        denied(() -> store(stubdom).write(data(guest), "again"));
        store(stubdom).write("data", "its own");
        stubdom.destroy();
        assertThat(news()).containsExactly(PLAIN, released(stubdom));
    }

    @Test
    @DisplayName("L-T-13, L-T-9: the stub domain of a dead guest has no rights of the one that gets its domid")
    void theSuccessorHasNoStubDomain() throws Exception {
        SimDomain guest = guest();
        SimDomain stubdom = stubdomOf(guest);
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest));
        SimDomain next = guest(DomainConfig.SMALL.withDomid(guest.domid()));
        denied(() -> store(stubdom).write(data(next), "from the past"));
    }

    @Test
    @DisplayName("L-T-13, 12.9: a stub domain that dies first leaves its guest as it is")
    void theStubDomainDiesFirst() throws Exception {
        SimDomain guest = guest();
        SimDomain stubdom = stubdomOf(guest);
        stubdom.destroy();
        assertThat(news()).containsExactly(PLAIN, released(stubdom));
        store(guest).write("data", "alive");
        assertThat(lateNews()).isEmpty();
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest));
    }

    @Test
    @DisplayName("12.9, L-SCAN-9: both die at once: each is reported")
    void bothDieAtOnce() throws Exception {
        SimDomain guest = guest();
        SimDomain stubdom = stubdomOf(guest);
        stubdom.destroy();
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest), PLAIN, released(stubdom));
    }

    @Test
    @DisplayName("P-REL-6: RELEASE of a guest with a stub domain works like any other")
    void releaseOfATarget() throws Exception {
        SimDomain guest = guest();
        SimDomain stubdom = stubdomOf(guest);
        dom0().release(guest.domid());
        assertThat(news()).containsExactly(PLAIN, released(guest));
        denied(() -> store(stubdom).write(data(guest), "again"));
    }
}
