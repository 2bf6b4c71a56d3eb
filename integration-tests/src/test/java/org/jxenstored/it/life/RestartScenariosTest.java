package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.GuestConfig;
import org.jxenstored.sim.toolstack.ToolstackException;

/** Domids that the toolstack hands out, refuses and hands out again (lifecycle.md 11, 12.11, 12.12). */
@OnEveryMachine
final class RestartScenariosTest extends ToolstackLifeTest {
    private static final int LAST = Domid.FIRST_RESERVED - 1;

    /** Bits that no daemon offers. */
    private static final int NO_FEATURES = 1 << 30;

    RestartScenariosTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName("L-REUSE-3: a guest that reboots gets a new domid, and keeps its name")
    void reboot() throws Exception {
        SimDomain before = run(withDevices("web"));
        toolstack().shutdown(before, ShutdownRequest.REBOOT);
        SimDomain after = successor(before, "web");
        untilGone(before);
        assertThat(after.domid()).isEqualTo(2);
        assertThat(home(after, "name")).isEqualTo(Optional.of("web"));
        assertThat(home(after, "device/vif/0/state")).isEqualTo(Optional.of("4"));
        assertThat(story(before, after))
                .containsSubsequence(
                        "domain 1 > Xen: SCHEDOP_shutdown(reboot)",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > toolstack: @releaseDomain",
                        "toolstack > xenstored: remove the nodes of domain 1",
                        "toolstack > Xen: domctl destroydomain 1",
                        "toolstack > Xen: domctl createdomain: domid 2",
                        "toolstack > xenstored: INTRODUCE 2",
                        "toolstack > Xen: domctl unpausedomain 2");
        assertThat(news())
                .containsExactly(
                        released(before),
                        PLAIN,
                        PLAIN,
                        released(before),
                        introduced(after).get(0),
                        introduced(after).get(1));
    }

    @Test
    @DisplayName(
            "12.12: a quick restart with the same domid, without a history: the old one is released before the new one comes")
    void quickRestart() throws Exception {
        var _ = toolstackWithoutHistory();
        GuestConfig config = withDevices("web").withDomid(7);
        SimDomain old = run(config);
        toolstack().shutdown(old, ShutdownRequest.POWEROFF);
        untilGone(old);
        SimDomain next = toolstack().create(config);
        assertThat(next.domid()).isEqualTo(7);
        assertThat(next.uniqueId()).isNotEqualTo(old.uniqueId());
        assertThat(lateNews())
                .containsExactly(
                        released(old),
                        PLAIN,
                        PLAIN,
                        released(old),
                        introduced(next).get(0),
                        introduced(next).get(1));
        assertThat(story(old, next))
                .containsSubsequence(
                        "domain 7 > Xen: SCHEDOP_shutdown(poweroff)",
                        "toolstack > Xen: domctl destroydomain 7",
                        "xenstored > Xen: unmaps grant 1 of domain 7, the store ring",
                        "Xen: freed: domid 7 is free again",
                        "toolstack > Xen: domctl createdomain: domid 7",
                        "toolstack > xenstored: INTRODUCE 7",
                        "xenstored > Xen: maps grant 1 of domain 7, the store ring",
                        "domain 7 > xenstored: vbd 0: state 4 (Connected)");
        toolstack().shutdown(next, ShutdownRequest.POWEROFF);
        untilGone(next);
        assertThat(news()).containsExactly(released(next), PLAIN, PLAIN, released(next));
    }

    @Test
    @DisplayName("L-REUSE-2: a domid rests for 60 s: an explicit wish for it is refused, and leaves no trace")
    void history() throws Exception {
        SimDomain old = run(GuestConfig.named("old").withDomid(7));
        toolstack().destroy(old);
        untilGone(old);
        var _ = news();
        world.time().pass(Duration.ofSeconds(59));
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack().create(GuestConfig.named("new").withDomid(7)))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EBUSY));
        assertThat(news()).isEmpty();
        assertThat(exists(7)).isFalse();
        world.time().pass(Duration.ofSeconds(1));
        assertThat(run(GuestConfig.named("new").withDomid(7)).domid()).isEqualTo(7);
    }

    @Test
    @DisplayName("L-REUSE-1, L-ID-1: automatic domids go upwards and wrap behind 32751 to the lowest free one")
    void wrap() throws Exception {
        assertThat(run(GuestConfig.named("first")).domid()).isEqualTo(1);
        SimDomain second = run(GuestConfig.named("second"));
        toolstack().destroy(second);
        untilGone(second);
        assertThat(run(GuestConfig.named("third")).domid()).as("not the free 2").isEqualTo(3);
        while (world.host().createDomain().domid() < LAST) {
            world.host().list().getLast().destroy();
            settle();
        }
        world.host().list().getLast().destroy();
        world.waitLong();
        var _ = news();
        SimDomain wrapped = toolstack().create(GuestConfig.named("wrapped"));
        assertThat(wrapped.domid()).isEqualTo(2);
        assertThat(news()).isEqualTo(introduced(wrapped));
        assertThat(home(wrapped, "control/feature-poweroff")).isEqualTo(Optional.of("1"));
    }

    @Test
    @DisplayName("12.11, S-DEATH-9: a creation that fails before INTRODUCE leaves nothing, and is no news")
    void deathBeforeIntroduce() throws Exception {
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack().create(GuestConfig.named("web").withFeatures(NO_FEATURES)))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EINVAL));
        assertThat(lateNews()).isEmpty();
        assertThat(exists(1)).isFalse();
        assertThat(dom0().exists(NodePath.homeOf(1))).isFalse();
        assertThat(dom0().exists("/libxl/1")).isFalse();
        assertThat(run(GuestConfig.named("web")).domid()).as("the name is free").isEqualTo(2);
    }
}
