package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jxenstored.it.life.Denials.denied;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.client.InvalidRequestException;
import org.jxenstored.client.WatchQueue;
import org.jxenstored.protocol.Access;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Permission;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/**
 * A domid that gets a new owner (lifecycle.md 11).
 *
 * <p>The daemon's own mapping keeps an introduced domain in the list until the daemon has looked, so only records of
 * domains that are not introduced can meet a successor here.
 */
@OnMachinesWithUniqueIds
final class DomidReuseTest extends LifeTest {
    private static final Permission DOM0S = new Permission(Access.NONE, Domid.DOM0);

    DomidReuseTest(Machine machine) {
        super(machine);
    }

    /** A domain that owns a node and may read another, but is not introduced. */
    private SimDomain known(int domid) throws Exception {
        SimDomain domain = build(DomainConfig.SMALL.withDomid(domid));
        dom0().write("/a/own", "x");
        dom0().setPermissions("/a", DOM0S, new Permission(Access.READ, domid));
        dom0().setPermissions("/a/own", new Permission(Access.NONE, domid));
        settle();
        return domain;
    }

    @Test
    @DisplayName("12.12: an id that is taken again at once: the old one is released, then the new one is introduced")
    void quickRestart() throws Exception {
        SimDomain old = guest();
        DomainConfig same = DomainConfig.SMALL.withDomid(old.domid());
        try (WatchQueue releases = dom0().watch(PLAIN)) {
            var _ = releases.take();
            old.shutdown(ShutdownCode.REBOOT);
            var _ = releases.take();
            old.destroy();
            var _ = releases.take();
        }
        SimDomain next = build(same);
        introduce(next);
        next.unpause();
        assertThat(next.uniqueId()).isNotEqualTo(old.uniqueId());
        assertThat(news())
                .containsExactly(
                        released(old),
                        PLAIN,
                        PLAIN,
                        released(old),
                        introduced(next).get(0),
                        introduced(next).get(1));
        store(next).write("data", "alive");
        assertThat(lateNews()).isEmpty();
        assertThat(dom0().readText(dom0().domainPath(next.domid()) + "/data")).isEqualTo("alive");
    }

    @Test
    @DisplayName("L-FREE-1: during the grace period the id is neither visible nor free, and all has been told")
    void gracePeriod() throws Exception {
        SimDomain old = guest();
        world.host().gracePeriods().hold();
        old.destroy();
        assertThat(news()).containsExactly(PLAIN, released(old));
        assertThat(exists(old.domid())).isFalse();
        assertThat(build(DomainConfig.SMALL).domid()).isNotEqualTo(old.domid());
        world.host().gracePeriods().release();
        assertThat(lateNews()).isEmpty();
        assertThat(guest(DomainConfig.SMALL.withDomid(old.domid())).domid()).isEqualTo(old.domid());
    }

    @Test
    @DisplayName(
            "L-T-3, L-SCAN-2: another unique id, without any other sign, is the end of the old one's nodes and rights")
    void anotherUniqueId() throws Exception {
        SimDomain old = known(5);
        world.daemon().xen().holdDomainException();
        old.destroy();
        SimDomain next = build(DomainConfig.SMALL.withDomid(5));
        settle();
        assertThat(dom0().exists("/a/own")).as("before the daemon has looked").isTrue();
        world.daemon().xen().deliverDomainException();
        assertThat(news()).isEmpty();
        assertThat(dom0().exists("/a/own")).isFalse();
        assertThat(dom0().getPermissions("/a")).containsExactly(DOM0S);
        assertThat(exists(next.domid())).isTrue();
    }

    @Test
    @DisplayName("L-T-8, L-RACE-5: INTRODUCE of the successor before the daemon has looked ends the old one first")
    void introduceBeforeTheScan() throws Exception {
        SimDomain old = known(5);
        world.daemon().xen().holdDomainException();
        old.destroy();
        SimDomain next = build(DomainConfig.SMALL.withDomid(5));
        dom0().introduce(5, next.storeGfn(), next.storePort());
        next.unpause();
        assertThat(news()).isEqualTo(introduced(next));
        assertThat(dom0().exists("/a/own")).isFalse();
        denied(() -> store(next).read("/a"));
        world.daemon().xen().deliverDomainException();
        assertThat(lateNews()).isEmpty();
        assertThat(dom0().isIntroduced(5)).isTrue();
    }

    @Test
    @DisplayName(
            "L-T-8, L-RACE-5: INTRODUCE of a dead domain before the daemon has looked tells of its death, and fails")
    void introduceOfADeadDomain() throws Exception {
        SimDomain guest = guest();
        world.daemon().xen().holdDomainException();
        guest.destroy();
        assertThat(news()).isEmpty();
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> dom0().introduce(guest.domid(), guest.storeGfn(), guest.storePort()));
        assertThat(news()).containsExactly(PLAIN, released(guest));
        world.daemon().xen().deliverDomainException();
        assertThat(lateNews()).isEmpty();
        assertThat(dom0().isIntroduced(guest.domid())).isFalse();
    }

    @Test
    @DisplayName("L-T-9, L-RACE-3: the rights of the predecessor never serve the successor")
    void rightsOfThePredecessor() throws Exception {
        SimDomain old = guest();
        dom0().write("/secret", "x");
        dom0().setPermissions("/secret", DOM0S, new Permission(Access.READ, old.domid()));
        assertThat(store(old).readText("/secret")).isEqualTo("x");
        old.destroy();
        assertThat(news()).containsExactly(PLAIN, released(old));
        SimDomain next = guest(DomainConfig.SMALL.withDomid(old.domid()));
        denied(() -> store(next).read("/secret"));
        dom0().setPermissions("/secret", DOM0S, new Permission(Access.READ, next.domid()));
        assertThat(store(next).readText("/secret")).isEqualTo("x");
    }

    @Test
    @DisplayName("L-T-9, S-PERM-7: a right that was given before the domain existed does not work")
    void rightsGivenTooEarly() throws Exception {
        dom0().write("/secret", "x");
        dom0().setPermissions("/secret", DOM0S, new Permission(Access.READ, 9));
        SimDomain guest = guest(DomainConfig.SMALL.withDomid(9));
        denied(() -> store(guest).read("/secret"));
    }
}
