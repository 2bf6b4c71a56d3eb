package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.client.NotFoundException;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.Permission;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.SimDomain;

/** Domains that are dead, but that somebody holds on to (lifecycle.md 10, 13). */
@OnEveryMachine
final class ZombieTest extends LifeTest {
    private static final Permission DOM0S = new Permission(Access.NONE, Domid.DOM0);

    ZombieTest(Machine machine) {
        super(machine);
    }

    private void idIsTaken(int domid) {
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> build(DomainConfig.SMALL.withDomid(domid)))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EEXIST));
    }

    @Test
    @DisplayName("L-REF-2, L-REF-3: the daemon unmaps at once, so a domain that nobody else holds is gone")
    void theDaemonHoldsNobody() throws Exception {
        SimDomain guest = guest();
        guest.destroy();
        assertThat(exists(guest.domid())).as("before the daemon has looked").isTrue();
        settle();
        assertThat(exists(guest.domid())).isFalse();
        assertThat(world.daemon().mapped()).isEqualTo(List.of(Domid.DOM0));
    }

    @Test
    @DisplayName("L-T-4, L-REF-1: a zombie is released when it is dead, and nothing is told when it is freed")
    void aZombieIsReleasedOnce() throws Exception {
        SimDomain backend = guest();
        SimDomain guest = guest();
        Mapping held = map(guest, backend);
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest));
        assertThat(world.daemon().mapped()).isEqualTo(List.of(Domid.DOM0, backend.domid()));
        assertThat(lateNews()).isEmpty();
        assertThat(exists(guest.domid())).isTrue();
        idIsTaken(guest.domid());
        held.close();
        assertThat(lateNews()).isEmpty();
        assertThat(exists(guest.domid())).isFalse();
        assertThat(guest(DomainConfig.SMALL.withDomid(guest.domid())).domid()).isEqualTo(guest.domid());
    }

    @Test
    @DisplayName("L-DRV-2, L-DRV-3: a driver domain that does not let go keeps no right of the dead one alive")
    void nothingInTheStoreWaitsForTheBackend() throws Exception {
        SimDomain backend = guest();
        SimDomain guest = guest();
        var _ = map(guest, backend);
        dom0().write("/shared", "x");
        dom0().setPermissions("/shared", DOM0S, new Permission(Access.READ, guest.domid()));
        guest.destroy();
        settle();
        assertThat(dom0().getPermissions("/shared")).containsExactly(DOM0S);
        assertThat(dom0().exists(dom0().domainPath(guest.domid()) + "/data")).isFalse();
    }

    @Test
    @DisplayName("12.7, L-REF-1: destroying the driver domain frees the zombie, and tells of the driver domain only")
    void theDriverDomainTakesItsZombieAlong() throws Exception {
        SimDomain driver = guest();
        SimDomain guest = guest();
        var _ = map(guest, driver);
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest));
        driver.destroy();
        assertThat(news()).containsExactly(PLAIN, released(driver));
        assertThat(exists(guest.domid())).isFalse();
        assertThat(exists(driver.domid())).isFalse();
    }

    @Test
    @DisplayName("L-DRV-4: a zombie can own nothing and be granted nothing")
    void aZombieIsNobody() throws Exception {
        SimDomain backend = guest();
        SimDomain guest = guest();
        Mapping held = map(guest, backend);
        guest.destroy();
        assertThat(news()).containsExactly(PLAIN, released(guest));
        dom0().write("/left", "x");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> dom0().setPermissions("/left", new Permission(Access.NONE, guest.domid())));
        dom0().setPermissions("/left", DOM0S, new Permission(Access.BOTH, guest.domid()));
        held.close();
        settle();
        SimDomain successor = guest(DomainConfig.SMALL.withDomid(guest.domid()));
        assertThat(store(successor).directory(dom0().domainPath(guest.domid()))).containsExactly("data");
        Denials.denied(() -> store(successor).read("/left"));
    }
}
