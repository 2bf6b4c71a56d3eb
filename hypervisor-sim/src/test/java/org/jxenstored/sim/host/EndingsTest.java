package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.protocol.Domid;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.time.HandClock;

/** The table of lifecycle.md 5.1, row by row. */
final class EndingsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HandClock clock = new HandClock();
    private final SimHost host = new SimHost(1, clock);
    private int virqs;

    @BeforeEach
    void bind() throws Exception {
        EventPorts dom0 = host.dom0().ports();
        dom0.handle(dom0.bindDomainException(), false, _ -> virqs++);
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private SimDomain guest(DomainType type, int vcpus) throws Exception {
        SimDomain guest = host.createDomain(DomainConfig.SMALL.withType(type).withVcpus(vcpus));
        guest.unpause();
        return guest;
    }

    private void ended(SimDomain guest, int code) {
        assertThat(guest.state().shutdown()).isTrue();
        assertThat(guest.state().shutdownCode()).isEqualTo(code);
        assertThat(guest.isRunning()).isFalse();
        assertThat(virqs).isEqualTo(1);
    }

    private void goesOn(SimDomain guest) {
        assertThat(guest.isRunning()).isTrue();
        assertThat(virqs).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 77, 255})
    @DisplayName("lifecycle.md 5.1: a guest shuts down with any reason")
    void aGuestShutsDown(int code) throws Exception {
        SimDomain guest = guest(DomainType.PVH, 1);
        guest.shutdown(code);
        ended(guest, code);
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a fatal condition that Xen finds is a crash")
    void xenCrashesAGuest() throws Exception {
        SimDomain guest = guest(DomainType.PV, 1);
        guest.crash();
        ended(guest, ShutdownCode.CRASH);
    }

    @ParameterizedTest
    @EnumSource(
            value = DomainType.class,
            names = {"HVM", "PVH"})
    @DisplayName("lifecycle.md 5.1: the last virtual CPU of an HVM or PVH guest that goes down is a poweroff")
    void allVcpusDown(DomainType type) throws Exception {
        SimDomain guest = guest(type, 2);
        guest.startVcpu(1);
        guest.stopVcpu(0);
        goesOn(guest);
        guest.haltForGood(1);
        ended(guest, ShutdownCode.POWEROFF);
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a PV guest without virtual CPUs just stands; HLT and triple faults are not its own")
    void aPvGuestWithoutVcpusStands() throws Exception {
        SimDomain guest = guest(DomainType.PV, 1);
        refused(Errno.EINVAL, () -> guest.haltForGood(0));
        refused(Errno.EINVAL, guest::tripleFault);
        guest.stopVcpu(0);
        assertThat(guest.state().shutdown()).isFalse();
        assertThat(virqs).isZero();
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a virtual CPU that was down cannot end the guest, nor one that does not exist")
    void onlyTheLastStepCounts() throws Exception {
        SimDomain guest = guest(DomainType.HVM, 2);
        guest.stopVcpu(1);
        refused(Errno.EINVAL, () -> guest.stopVcpu(2));
        refused(Errno.EINVAL, () -> guest.haltForGood(-1));
        goesOn(guest);
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a triple fault is a reboot, unless the toolstack set another reason")
    void tripleFault() throws Exception {
        SimDomain guest = guest(DomainType.HVM, 1);
        guest.tripleFault();
        ended(guest, ShutdownCode.REBOOT);
        SimDomain other = guest(DomainType.HVM, 1);
        other.setTripleFaultReason(ShutdownCode.CRASH);
        other.tripleFault();
        assertThat(other.state().shutdownCode()).isEqualTo(ShutdownCode.CRASH);
    }

    @Test
    @DisplayName("L-SUSP-4: the toolstack shuts a guest down from outside")
    void theToolstackShutsAGuestDown() throws Exception {
        SimDomain guest = guest(DomainType.HVM, 1);
        host.dom0().remoteShutdown(guest.domid(), ShutdownCode.SUSPEND);
        ended(guest, ShutdownCode.SUSPEND);
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a device model shuts its own target down, and nobody else")
    void aDeviceModelShutsItsTargetDown() throws Exception {
        SimDomain guest = guest(DomainType.HVM, 1);
        SimDomain other = guest(DomainType.HVM, 1);
        SimDomain stubdom = guest(DomainType.PV, 1);
        refused(Errno.EPERM, () -> stubdom.remoteShutdown(guest.domid(), ShutdownCode.POWEROFF));
        stubdom.setTarget(guest.domid());
        refused(Errno.EPERM, () -> stubdom.remoteShutdown(other.domid(), ShutdownCode.POWEROFF));
        refused(Errno.ENOENT, () -> stubdom.remoteShutdown(99, ShutdownCode.POWEROFF));
        goesOn(guest);
        stubdom.remoteShutdown(guest.domid(), ShutdownCode.REBOOT);
        ended(guest, ShutdownCode.REBOOT);
    }

    @Test
    @DisplayName("lifecycle.md 5.1: dom0 is not shut down from outside")
    void dom0IsNotShutDown() {
        refused(Errno.EINVAL, () -> host.dom0().remoteShutdown(Domid.DOM0, ShutdownCode.POWEROFF));
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a watchdog that is not set again in time shuts the guest down with code 4")
    void theWatchdogFires() throws Exception {
        SimDomain guest = guest(DomainType.PVH, 1);
        guest.setWatchdog(TIMEOUT);
        clock.pass(TIMEOUT.minusSeconds(1));
        guest.setWatchdog(TIMEOUT);
        clock.pass(TIMEOUT.minusSeconds(1));
        goesOn(guest);
        clock.pass(Duration.ofSeconds(1));
        ended(guest, ShutdownCode.WATCHDOG);
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a watchdog that was stopped does not fire, nor one of a guest that is gone")
    void aStoppedWatchdogDoesNotFire() throws Exception {
        SimDomain guest = guest(DomainType.PVH, 1);
        guest.setWatchdog(TIMEOUT);
        guest.setWatchdog(Duration.ZERO);
        clock.pass(TIMEOUT);
        goesOn(guest);
        guest.setWatchdog(TIMEOUT);
        guest.destroy();
        assertThat(clock.alarms()).isZero();
        assertThat(guest.state().shutdown()).isFalse();
    }

    @Test
    @DisplayName("L-SHUT-2: the watchdog of a guest that shut down tells nobody")
    void theWatchdogComesTooLate() throws Exception {
        SimDomain guest = guest(DomainType.PVH, 1);
        guest.setWatchdog(TIMEOUT);
        guest.shutdown(ShutdownCode.POWEROFF);
        clock.pass(TIMEOUT);
        ended(guest, ShutdownCode.POWEROFF);
    }

    @Test
    @DisplayName("lifecycle.md 5.1: a destruction does not pass through a shutdown")
    void destructionIsNoShutdown() throws Exception {
        SimDomain guest = guest(DomainType.PVH, 1);
        guest.destroy();
        assertThat(guest.state().shutdown()).isFalse();
        assertThat(guest.state().isDead()).isTrue();
    }

    @Test
    @DisplayName("L-SHUT-6: a domain whose virtual CPUs never ran can be shut down, and completes at once")
    void withoutVcpus() throws Exception {
        SimDomain guest = host.createDomain();
        assertThat(guest.onlineVcpus()).isZero();
        guest.crash();
        ended(guest, ShutdownCode.CRASH);
    }
}
