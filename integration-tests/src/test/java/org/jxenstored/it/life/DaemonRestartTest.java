package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.client.InvalidRequestException;
import org.jxenstored.protocol.Domid;
import org.jxenstored.sim.host.Mapping;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;

/**
 * Domains that shut down and die while no daemon listens (lifecycle.md 12.10).
 *
 * <p>Here a daemon is ended and another one started that keeps nothing, so it begins with an empty store. What is shown
 * holds for one that keeps the store too ({@link CrashRecoveryTest}): VIRQs of the gap are lost, and nothing depends on
 * them.
 */
@OnEveryMachine
final class DaemonRestartTest extends LifeTest {
    DaemonRestartTest(Machine machine) {
        super(machine);
    }

    /** A guest whose page names its port, as Xen leaves it where there is no toolstack (L-CRE-4). */
    private SimDomain selfMade() throws Exception {
        SimDomain guest = guest();
        guest.ringPage().setEventChannel(guest.storePort());
        return guest;
    }

    @Test
    @DisplayName("12.10, L-T-12, L-VIRQ-2: a domain dies while no daemon runs: its VIRQ is lost, no zombie is left")
    void deathInBetween() throws Exception {
        SimDomain dying = guest();
        SimDomain survivor = guest();
        world.stopDaemon();
        dying.destroy();
        assertThat(exists(dying.domid()))
                .as("the daemon's mapping ended with it")
                .isFalse();
        assertThat(Story.of(world, dying).lines())
                .containsSubsequence(
                        "xenstored > Xen: unmaps grant 1 of domain 1, the store ring",
                        "Xen: domain 1 is dead",
                        "Xen: VIRQ_DOM_EXC is lost: nobody has it bound",
                        "Xen: freed: domid 1 is free again",
                        "Xen: VIRQ_DOM_EXC is lost: nobody has it bound");
        world.startDaemon();
        assertThat(lateNews()).isEmpty();
        introduce(survivor);
        store(survivor).write("data", "still here");
        assertThat(news()).isEqualTo(introduced(survivor));
        assertThat(world.daemon().mapped()).isEqualTo(List.of(Domid.DOM0, survivor.domid()));
    }

    @Test
    @DisplayName("12.10, L-T-12: a zombie from the gap is adopted by nobody, and its end is no news")
    void zombieInBetween() throws Exception {
        SimDomain backend = guest();
        SimDomain guest = selfMade();
        Mapping held = map(guest, backend);
        world.stopDaemon();
        guest.destroy();
        world.startDaemon();
        assertThat(lateNews()).isEmpty();
        assertThat(world.daemon().mapped()).isEqualTo(List.of(Domid.DOM0));
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> dom0().introduce(guest.domid(), guest.storeGfn(), guest.storePort()));
        held.close();
        assertThat(lateNews()).isEmpty();
        assertThat(exists(guest.domid())).isFalse();
    }

    @Test
    @DisplayName(
            "12.10, L-T-12, S-RUN-2: the new daemon adopts who lives and can be reached; one that shut down in the gap too")
    void shutdownInBetween() throws Exception {
        SimDomain alive = selfMade();
        SimDomain stopped = selfMade();
        world.stopDaemon();
        stopped.shutdown(ShutdownCode.POWEROFF);
        world.startDaemon();
        settle();
        assertThat(world.daemon().mapped()).isEqualTo(List.of(Domid.DOM0, alive.domid(), stopped.domid()));
        assertThat(dom0().isIntroduced(alive.domid())).isTrue();
        assertThat(store(alive).domainPath(alive.domid())).isEqualTo("/local/domain/" + alive.domid());
        assertThat(lateNews())
                .as("told at the start, when nobody could watch yet")
                .isEmpty();
        stopped.destroy();
        assertThat(lateNews()).containsExactly(PLAIN, released(stopped));
    }
}
