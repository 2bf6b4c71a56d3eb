package org.jxenstored.it.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;
import org.jxenstored.protocol.NodePath;
import org.jxenstored.sim.guest.ShutdownRequest;
import org.jxenstored.sim.host.DomainConfig;
import org.jxenstored.sim.host.DomainType;
import org.jxenstored.sim.host.SimDomain;
import org.jxenstored.sim.toolstack.DeviceModelKind;
import org.jxenstored.sim.toolstack.GuestConfig;
import org.jxenstored.sim.toolstack.KernelKind;
import org.jxenstored.sim.xenbus.DeviceType;

/** Guests whose devices are in other domains, which may keep them or go before them (lifecycle.md 12.7, 12.9, 13). */
@OnEveryMachine
final class DriverDomainScenariosTest extends ToolstackLifeTest {
    DriverDomainScenariosTest(Machine machine) {
        super(machine);
    }

    @Test
    @DisplayName(
            "12.7, L-DRV-1, L-REF-1: a driver domain that does not let go makes a zombie, until it is destroyed itself")
    void stuckDriverDomain() throws Exception {
        var _ = toolstackWithoutHistory();
        SimDomain driver = run(GuestConfig.named("net").withKernel(KernelKind.STUCK_DRIVER_DOMAIN));
        SimDomain guest = run(GuestConfig.named("web").withDevice(DeviceType.VIF, "net"));
        toolstack().shutdown(guest, ShutdownRequest.POWEROFF);
        assertThat(lateNews()).containsExactly(released(guest), PLAIN, PLAIN, released(guest));
        assertThat(guest.state().isDead()).isTrue();
        assertThat(isThere(guest)).as("a zombie").isTrue();
        assertThat(toolstack().nameOf(guest)).as("(null) in a list").isEmpty();
        assertThat(dom0().exists(NodePath.homeOf(guest.domid()))).isFalse();
        assertThat(guest.pages()).as("pages that are lost: tx and rx ring").isEqualTo(2);
        assertThatExceptionOfType(HypervisorException.class)
                .isThrownBy(() -> toolstack().create(GuestConfig.named("next").withDomid(guest.domid())))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(Errno.EEXIST));
        toolstack().destroy(driver);
        untilGone(driver);
        assertThat(isThere(guest)).isFalse();
        assertThat(news()).as("nothing of the zombie").containsExactly(PLAIN, released(driver));
        assertThat(story(driver, guest))
                .containsSubsequence(
                        "domain 1 > Xen: maps grant 8 of domain 2",
                        "domain 2 > Xen: SCHEDOP_shutdown(poweroff)",
                        "domain 1 > xenstored: never lets go of vif 0",
                        "toolstack: backend vif 0 of domain 2 does not answer: its nodes go by force",
                        "toolstack > Xen: domctl destroydomain 2",
                        "Xen: domain 2 is dead, kept by: grant mapped by domain 0, grant mapped by domain 1",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > Xen: unmaps grant 1 of domain 2, the store ring",
                        "xenstored > watchers: @releaseDomain/2",
                        "toolstack > Xen: domctl destroydomain 1",
                        "Xen: domain 1 is destroyed: unmaps grant 8 of domain 2",
                        "Xen: domain 1 is destroyed: unmaps grant 9 of domain 2",
                        "Xen: freed: domid 2 is free again",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "Xen: domain 1 is dead, kept by: grant mapped by domain 0",
                        "xenstored > watchers: @releaseDomain/1");
        assertThat(run(GuestConfig.named("next").withDomid(guest.domid())).domid())
                .isEqualTo(guest.domid());
    }

    private SimDomain hvm() throws Exception {
        return run(GuestConfig.named("win")
                .withDomain(DomainConfig.SMALL.withType(DomainType.HVM))
                .withDeviceModel(DeviceModelKind.STUB_DOMAIN));
    }

    private SimDomain stubOf(SimDomain guest) throws Exception {
        SimDomain stub = toolstack().find("win-dm").orElseThrow();
        assertThat(story(guest))
                .contains("domain " + stub.domid() + " > Xen: maps IOREQ page of domain " + guest.domid());
        return stub;
    }

    @Test
    @DisplayName("12.9, L-T-13: the toolstack ends an HVM guest: its stub domain first, then itself")
    void theToolstackEndsBoth() throws Exception {
        SimDomain guest = hvm();
        SimDomain stub = stubOf(guest);
        toolstack().destroy(guest);
        untilGone(guest);
        assertThat(isThere(stub)).isFalse();
        assertThat(news()).containsExactly(PLAIN, released(stub), PLAIN, released(guest));
        assertThat(story(guest, stub))
                .containsSubsequence(
                        "toolstack > Xen: domctl set_target: domain 2 acts for domain 1",
                        "toolstack > xenstored: SET_TARGET 2 1",
                        "domain 2 > xenstored: device model state: running",
                        "toolstack > Xen: domctl unpausedomain 1",
                        "toolstack > Xen: domctl pausedomain 1",
                        "toolstack > Xen: domctl destroydomain 2",
                        "Xen: domain 2 is destroyed: unmaps IOREQ page of domain 1",
                        "toolstack > Xen: domctl destroydomain 1");
    }

    @Test
    @DisplayName(
            "12.9, L-T-13: an HVM guest dies before its stub domain: told at once, and a zombie until the stub domain is freed")
    void theGuestDiesFirst() throws Exception {
        SimDomain guest = hvm();
        SimDomain stub = stubOf(guest);
        guest.destroy();
        untilGone(guest);
        assertThat(isThere(stub)).isFalse();
        assertThat(news()).containsExactly(PLAIN, released(guest), PLAIN, released(stub));
        assertThat(story(guest, stub))
                .containsSubsequence(
                        "toolstack > Xen: domctl destroydomain 1",
                        "Xen > xenstored: VIRQ_DOM_EXC",
                        "xenstored > Xen: unmaps grant 1 of domain 1, the store ring",
                        "xenstored > watchers: @releaseDomain/1",
                        "xenstored > toolstack: @releaseDomain",
                        "toolstack > Xen: domctl destroydomain 2",
                        "Xen: freed: domid 2 is free again",
                        "Xen: freed: domid 1 is free again");
    }

    @Test
    @DisplayName(
            "12.9, L-T-13: a stub domain dies first: told at once, and a zombie until its guest is destroyed, which ends as usual")
    void theStubDomainDiesFirst() throws Exception {
        SimDomain guest = hvm();
        SimDomain stub = stubOf(guest);
        stub.destroy();
        assertThat(lateNews()).containsExactly(PLAIN, released(stub));
        assertThat(stub.state().isDead()).isTrue();
        assertThat(isThere(stub)).as("its guest's emulated devices refer to it").isTrue();
        assertThat(guest.isRunning()).isTrue();
        toolstack().shutdown(guest, ShutdownRequest.POWEROFF);
        untilGone(guest);
        assertThat(isThere(stub)).isFalse();
        assertThat(news()).containsExactly(released(guest), PLAIN, PLAIN, released(guest));
    }

    @Test
    @DisplayName(
            "L-DRV-5: a driver domain dies: its nodes vanish, its guest goes on without the device and can still be ended")
    void aDriverDomainDies() throws Exception {
        SimDomain driver = run(GuestConfig.named("net").withKernel(KernelKind.DRIVER_DOMAIN));
        SimDomain guest = run(GuestConfig.named("web").withDevice(DeviceType.VIF, "net"));
        driver.destroy();
        untilGone(driver);
        assertThat(lateNews()).containsExactly(PLAIN, released(driver));
        assertThat(dom0().exists(NodePath.homeOf(driver.domid()) + "/backend/vif/" + guest.domid() + "/0"))
                .isFalse();
        assertThat(guest.isRunning()).isTrue();
        toolstack().shutdown(guest, ShutdownRequest.POWEROFF);
        untilGone(guest);
        assertThat(news()).containsExactly(released(guest), PLAIN, PLAIN, released(guest));
    }
}
