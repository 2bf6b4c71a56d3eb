package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.DeathAction;
import org.jxenstored.sim.toolstack.DeathActions;
import org.jxenstored.sim.toolstack.GuestConfig;

/** Guests that end by themselves, and what the toolstack makes of it (lifecycle.md 12.1 to 12.3, 12.8). */
@OnEveryMachine
final class ShutdownScenariosTest extends ToolstackLifeTest {
    private static final int LARGE_MIB = 4096;

    ShutdownScenariosTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName(
            "12.1, L-KILL-5, L-REF-5: a guest powers off: told at shutdown and at death, its nodes go first, then the domain")
    void powerOff() throws Exception {
        SimDomain guest = run(withDevices("web"));
        toolstack().shutdown(guest, ShutdownRequest.POWEROFF);
        untilGone(guest);
        assertThat(story(guest))
                .containsSubsequence(
                        "toolstack > xenstored: control/shutdown = poweroff",
                        "domain 1 > xenstored: takes poweroff: control/shutdown = (empty)",
                        "domain 1 > Xen: SCHEDOP_shutdown(poweroff)",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > watchers: @releaseDomain/1",
                        "xenstored > watchers: @releaseDomain",
                        "xenstored > toolstack: @releaseDomain",
                        "toolstack > Xen: domctl pausedomain 1",
                        "toolstack > xenstored: backend vbd 0 of domain 1: online 0, state 5 (Closing)",
                        "dom0 > xenstored: backend vbd 0: state 6 (Closed)",
                        "toolstack > xenstored: remove the nodes of domain 1",
                        "toolstack > Xen: domctl destroydomain 1",
                        "Xen: domain 1 is dying",
                        "Xen: domain 1 is dead, kept by: grant mapped by domain 0",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > Xen: unmaps grant 1 of domain 1, the store ring",
                        "xenstored > watchers: @releaseDomain",
                        "xenstored > watchers: @releaseDomain/1",
                        "xenstored > toolstack: @releaseDomain");
        assertThat(story(guest))
                .containsSubsequence(
                        "xenstored > Xen: unmaps grant 1 of domain 1, the store ring",
                        "Xen: domain 1 is off the list: the last reference is gone",
                        "Xen: freed: domid 1 is free again",
                        "Xen > xenstored: VIRQ_DOM_EXC");
        assertThat(news()).containsExactly(released(guest), PLAIN, PLAIN, released(guest));
        assertThat(lateNews()).as("after the VIRQ for the freed domain").isEmpty();
        assertThat(dom0().exists(NodePath.homeOf(1))).isFalse();
    }

    @Test
    @DisplayName(
            "12.2, L-T-2: a running guest is destroyed: it is seen paused, then dying is no news, and death is told once")
    void destroy() throws Exception {
        SimDomain guest = run(withDevices("web").withDomain(DomainConfig.SMALL.withMemoryMib(LARGE_MIB)));
        var _ = world.time().start("xl destroy", destroying(guest));
        world.time().until(() -> guest.state().life() != Life.ALIVE, Duration.ofSeconds(1));
        assertThat(guest.isPaused()).isTrue();
        assertThat(guest.state().isDead()).isFalse();
        assertThat(news()).isEmpty();
        untilGone(guest);
        assertThat(news()).containsExactly(PLAIN, released(guest));
        assertThat(story(guest))
                .doesNotContain("domain 1 > Xen: SCHEDOP_shutdown(poweroff)")
                .containsSubsequence(
                        "toolstack > Xen: domctl pausedomain 1",
                        "dom0 > xenstored: backend vif 0: state 6 (Closed)",
                        "toolstack > xenstored: remove the nodes of domain 1",
                        "toolstack > Xen: domctl destroydomain 1",
                        "Xen: domain 1 is dying",
                        "Xen: domain 1 is dead, kept by: grant mapped by domain 0",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > watchers: @releaseDomain",
                        "xenstored > watchers: @releaseDomain/1",
                        "xenstored > toolstack: @releaseDomain");
        assertThat(lateNews()).isEmpty();
    }

    @Test
    @DisplayName("12.3: a guest crashes and is destroyed: told like a poweroff, with another code")
    void crash() throws Exception {
        SimDomain guest = run(withDevices("web"));
        toolstack().crash(guest);
        untilGone(guest);
        assertThat(story(guest))
                .containsSubsequence(
                        "domain 1 > Xen: SCHEDOP_shutdown(crash)",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > watchers: @releaseDomain",
                        "xenstored > toolstack: @releaseDomain",
                        "toolstack > Xen: domctl destroydomain 1",
                        "Xen > xenstored: VIRQ_DOM_EXC");
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.CRASH);
        assertThat(news()).containsExactly(released(guest), PLAIN, PLAIN, released(guest));
    }

    @Test
    @DisplayName(
            "12.3, L-KILL-6, L-SHUT-7: a crashed guest that is preserved stays introduced, with its nodes and its domid")
    void crashPreserved() throws Exception {
        SimDomain guest =
                run(GuestConfig.named("web").withDeathActions(DeathActions.USUAL.withOnCrash(DeathAction.PRESERVE)));
        toolstack().crash(guest);
        assertThat(news()).containsExactly(released(guest), PLAIN);
        world.time().pass(Duration.ofHours(1));
        assertThat(news()).isEmpty();
        assertThat(isThere(guest)).isTrue();
        assertThat(guest.state().life()).isEqualTo(Life.ALIVE);
        assertThat(dom0().isIntroduced(guest.domid())).isTrue();
        assertThat(home(guest, "name")).isEqualTo(Optional.of("web"));
        assertThat(world.daemon().mapped()).contains(guest.domid());
        toolstack().destroy(guest);
        assertThat(news()).containsExactly(PLAIN, released(guest));
        assertThat(isThere(guest)).isFalse();
    }

    @Test
    @DisplayName(
            "L-SHUT-6, 12.1: a guest whose last virtual CPU goes down is powered off, told and destroyed like any other")
    void lastVirtualCpuDown() throws Exception {
        SimDomain guest = run(GuestConfig.named("web"));
        guest.stopVcpu(0);
        untilGone(guest);
        assertThat(guest.onlineVcpus()).isZero();
        assertThat(story(guest))
                .containsSubsequence(
                        "Xen: all virtual CPUs are down: poweroff",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > toolstack: @releaseDomain",
                        "toolstack > Xen: domctl destroydomain 1");
        assertThat(news()).containsExactly(released(guest), PLAIN, PLAIN, released(guest));
    }

    @Test
    @DisplayName("12.8, L-VIRQ-1: two guests shut down and a third dies at once: one notification, each is dealt with")
    void severalAtOnce() throws Exception {
        SimDomain first = run(GuestConfig.named("first"));
        SimDomain second =
                run(GuestConfig.named("second").withDeathActions(DeathActions.USUAL.withOnCrash(DeathAction.PRESERVE)));
        SimDomain third = run(GuestConfig.named("third"));
        third.destroy();
        second.crash();
        first.shutdown(ShutdownCode.POWEROFF);
        untilGone(first);
        assertThat(news())
                .containsExactly(released(first), released(second), PLAIN, released(third), PLAIN, released(first));
        assertThat(story(first, second, third))
                .containsSubsequence(
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "Xen > xenstored: VIRQ_DOM_EXC, still pending from an earlier one",
                        "Xen > xenstored: VIRQ_DOM_EXC, still pending from an earlier one",
                        "xenstored > watchers: @releaseDomain/1");
        assertThat(isThere(second)).as("preserved").isTrue();
        assertThat(isThere(third)).isFalse();
        assertThat(home(third, "name")).as("its nodes are tidied up").isEmpty();
    }
}
