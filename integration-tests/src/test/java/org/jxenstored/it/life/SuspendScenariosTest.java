package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.ShutdownCode;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.DeathActions;
import org.jxenstored.sim.toolstack.GuestConfig;
import org.jxenstored.sim.toolstack.KernelKind;
import org.jxenstored.sim.toolstack.Toolstack;
import org.jxenstored.sim.toolstack.ToolstackException;

/** Guests that stop and go on, in their domain or in another one (lifecycle.md 12.4 to 12.6). */
@OnEveryMachine
final class SuspendScenariosTest extends ToolstackLifeTest {
    SuspendScenariosTest(Machine machine) {
        super(machine);
    }

    private void suspendByStore(SimDomain guest) throws ToolstackException {
        toolstack().shutdownAndWait(guest, ShutdownRequest.SUSPEND, Toolstack.SUSPEND_PATIENCE);
    }

    /** Its watches work: it hears what the toolstack asks for, and its backends hear it. */
    private void obeys(SimDomain guest) throws Exception {
        toolstack().shutdown(guest, ShutdownRequest.POWEROFF);
        untilGone(guest);
        assertThat(story(guest)).contains("domain " + guest.domid() + " > Xen: SCHEDOP_shutdown(poweroff)");
    }

    private List<String> devices(SimDomain guest) {
        String backends = "/local/domain/0/backend";
        return List.of(
                home(guest, "device/vbd/0/state").orElse("none"),
                home(guest, "device/vif/0/state").orElse("none"),
                dom0().readText(backends + "/vbd/" + guest.domid() + "/0/state"),
                dom0().readText(backends + "/vif/" + guest.domid() + "/0/state"));
    }

    @Test
    @DisplayName(
            "12.4, L-T-7, L-SUSP-3, L-SUSP-5, L-SUSP-7: suspend by the store, resume, RESET_WATCHES, and watches work again")
    void suspendByStoreAndResume() throws Exception {
        SimDomain guest = run(withDevices("web"));
        suspendByStore(guest);
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.SUSPEND);
        assertThat(news()).containsExactly(released(guest), PLAIN);
        assertThat(lateNews()).isEmpty();
        toolstack().resume(guest);
        assertThat(lateNews()).isEmpty();
        assertThat(story(guest))
                .containsSubsequence(
                        "toolstack > xenstored: control/shutdown = suspend",
                        "domain 1 > xenstored: takes suspend: control/shutdown = (empty)",
                        "domain 1 > Xen: SCHEDOP_shutdown(suspend)",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > watchers: @releaseDomain/1",
                        "xenstored > watchers: @releaseDomain",
                        "toolstack > Xen: domctl resumedomain 1",
                        "toolstack > xenstored: RESUME 1",
                        "domain 1 > xenstored: RESET_WATCHES, then WATCH anew");
        assertThat(devices(guest)).as("still connected").containsOnly("4");
        obeys(guest);
        assertThat(news()).as("L-T-1").containsExactly(released(guest), PLAIN, PLAIN, released(guest));
    }

    @Test
    @DisplayName(
            "12.5, L-T-7, L-SUSP-1: suspend by event channel: only the toolstack hears of it, and the guest goes on")
    void suspendByEventChannel() throws Exception {
        SimDomain guest = run(withDevices("web"));
        toolstack().suspend(guest);
        assertThat(news()).isEmpty();
        toolstack().resume(guest);
        assertThat(lateNews()).isEmpty();
        assertThat(story(guest))
                .doesNotContain("Xen > xenstored: VIRQ_DOM_EXC")
                .containsSubsequence(
                        "toolstack > Xen: domctl subscribe: suspend event channel of domain 1",
                        "toolstack > domain 1: event channel: suspend",
                        "domain 1 > Xen: SCHEDOP_shutdown(suspend)",
                        "Xen > toolstack: suspend event channel, no VIRQ_DOM_EXC",
                        "toolstack > Xen: domctl resumedomain 1",
                        "toolstack > xenstored: RESUME 1",
                        "domain 1 > xenstored: RESET_WATCHES, then WATCH anew");
        obeys(guest);
    }

    @Test
    @DisplayName(
            "12.5, L-T-7, L-SUSP-2: the death of another domain brings a suspend by event channel to light; nobody destroys it")
    void foreignVirq() throws Exception {
        SimDomain guest = run(GuestConfig.named("web"));
        SimDomain other = run(GuestConfig.named("other"));
        toolstack().suspend(guest);
        assertThat(news()).isEmpty();
        toolstack().destroy(other);
        assertThat(news()).containsExactly(released(guest), PLAIN, released(other));
        toolstack().resume(guest);
        assertThat(lateNews()).isEmpty();
        obeys(guest);
        assertThat(news()).containsExactly(released(guest), PLAIN, PLAIN, released(guest));
    }

    @Test
    @DisplayName("L-SUSP-3: a guest that does not take the request in 60 s goes on, and does not find it later")
    void notObeyed() throws Exception {
        SimDomain guest = run(GuestConfig.named("web").withKernel(KernelKind.BARE));
        long from = world.time().millis();
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack().suspend(guest))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EBUSY));
        assertThat(world.time().millis() - from).isEqualTo(Toolstack.SUSPEND_PATIENCE.toMillis());
        assertThat(home(guest, "control/shutdown")).isEqualTo(Optional.of(""));
        assertThat(guest.isRunning()).isTrue();
        assertThat(news()).isEmpty();
    }

    @Test
    @DisplayName(
            "L-SUSP-4: an HVM guest without drivers is suspended from outside; that is told like a suspend by the store")
    void hvmWithoutDrivers() throws Exception {
        SimDomain guest = run(GuestConfig.named("win")
                .withDomain(DomainConfig.SMALL.withType(DomainType.HVM))
                .withKernel(KernelKind.BARE));
        toolstack().suspend(guest);
        assertThat(news()).containsExactly(released(guest), PLAIN);
        toolstack().resume(guest);
        assertThat(guest.isRunning()).isTrue();
        assertThat(story(guest))
                .containsSubsequence(
                        "toolstack > Xen: SCHEDOP_remote_shutdown(suspend)",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > watchers: @releaseDomain",
                        "toolstack > Xen: domctl resumedomain 1",
                        "toolstack > xenstored: RESUME 1");
        assertThat(lateNews()).isEmpty();
    }

    @Test
    @DisplayName(
            "12.6, L-SUSP-9: a soft reset: the store forgets the guest and gets to know it again, domid and unique id stay")
    void softReset() throws Exception {
        SimDomain guest = run(withDevices("web"));
        long uniqueId = guest.uniqueId();
        toolstack().kexec(guest);
        world.waitLong();
        assertThat(news())
                .containsExactly(
                        released(guest),
                        PLAIN,
                        PLAIN,
                        released(guest),
                        introduced(guest).get(0),
                        introduced(guest).get(1));
        assertThat(story(guest))
                .containsSubsequence(
                        "domain 1 > Xen: SCHEDOP_shutdown(soft_reset)",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > watchers: @releaseDomain/1",
                        "xenstored > watchers: @releaseDomain",
                        "xenstored > toolstack: @releaseDomain",
                        "toolstack > xenstored: RELEASE 1",
                        "xenstored > Xen: unmaps grant 1 of domain 1, the store ring",
                        "xenstored > watchers: @releaseDomain",
                        "xenstored > watchers: @releaseDomain/1",
                        "dom0 > xenstored: backend vif 0: state 6 (Closed)",
                        "toolstack > Xen: domctl soft_reset 1",
                        "toolstack > xenstored: one transaction: /local/domain/1, /libxl/1, /vm/UUID",
                        "toolstack > xenstored: INTRODUCE 1",
                        "xenstored > Xen: maps grant 1 of domain 1, the store ring",
                        "xenstored > watchers: @introduceDomain",
                        "toolstack > Xen: domctl unpausedomain 1",
                        "domain 1 > xenstored: vbd 0: state 4 (Connected)");
        assertThat(isThere(guest)).isTrue();
        assertThat(guest.uniqueId()).isEqualTo(uniqueId);
        assertThat(devices(guest)).containsOnly("4");
        obeys(guest);
    }

    @Test
    @DisplayName(
            "L-SUSP-8: a restored guest is a new domain: introduced anew, and its nodes, watches and devices are made anew")
    void saveAndRestore() throws Exception {
        SimDomain before = run(withDevices("web"));
        store(before, "data", "not saved");
        toolstack().save(before);
        untilGone(before);
        assertThat(news())
                .as("the daemon sees the suspend together with the death")
                .endsWith(PLAIN, released(before));
        assertThat(dom0().exists(NodePath.homeOf(before.domid()))).isFalse();
        SimDomain after = toolstack().restore("web");
        assertThat(news()).isEqualTo(introduced(after));
        assertThat(after.domid()).isNotEqualTo(before.domid());
        assertThat(after.uniqueId()).isNotEqualTo(before.uniqueId());
        assertThat(home(after, "data")).isEqualTo(Optional.of(""));
        assertThat(devices(after)).containsOnly("4");
        assertThat(story(after))
                .containsSubsequence(
                        "toolstack > Xen: domctl createdomain: domid 2",
                        "toolstack > xenstored: INTRODUCE 2",
                        "toolstack > Xen: domctl unpausedomain 2",
                        "domain 2: goes on after the restore",
                        "domain 2 > xenstored: vbd 0: state 4 (Connected)");
        obeys(after);
    }

    private void store(SimDomain guest, String relative, String text) {
        dom0().write(NodePath.homeOf(guest.domid()) + "/" + relative, text);
    }

    @Test
    @DisplayName(
            "L-SUSP-8: a migrated guest runs in its new domain before the old one is destroyed, and keeps its name")
    void migrate() throws Exception {
        SimDomain source = run(withDevices("web").withDeathActions(DeathActions.USUAL));
        SimDomain destination = toolstack().migrate(source);
        untilGone(source);
        assertThat(story(source, destination))
                .containsSubsequence(
                        "domain 1 > Xen: SCHEDOP_shutdown(suspend)",
                        "toolstack > Xen: domctl createdomain: domid 2",
                        "toolstack > xenstored: INTRODUCE 2",
                        "toolstack > Xen: domctl unpausedomain 2",
                        "toolstack > Xen: domctl destroydomain 1",
                        "xenstored > watchers: @releaseDomain/1");
        assertThat(home(destination, "name")).isEqualTo(Optional.of("web"));
        assertThat(devices(destination)).containsOnly("4");
        obeys(destination);
    }

    @Test
    @DisplayName("L-REUSE-4: a restored guest may ask for the domid it had, once that has rested")
    void theOldDomidAgain() throws Exception {
        SimDomain before = run(GuestConfig.named("web"));
        toolstack().save(before);
        untilGone(before);
        assertThatExceptionOfType(ToolstackException.class)
                .isThrownBy(() -> toolstack().restore("web", before.domid()))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EBUSY));
        world.waitLong();
        var _ = news();
        SimDomain after = toolstack().restore("web", before.domid());
        assertThat(after.domid()).isEqualTo(before.domid());
        assertThat(after.uniqueId()).isNotEqualTo(before.uniqueId());
        assertThat(news()).isEqualTo(introduced(after));
        obeys(after);
    }
}
