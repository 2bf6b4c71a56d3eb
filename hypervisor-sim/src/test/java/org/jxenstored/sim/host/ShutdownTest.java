package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState;
import org.jxenstored.protocol.Errno;

final class ShutdownTest {
    private final SimHost host = new SimHost(1, Runnable::run);
    private SimDomain guest = host.dom0();
    private int virqs;

    @BeforeEach
    void start() throws Exception {
        int virq = host.dom0().ports().bindDomainException();
        host.dom0().ports().handle(virq, false, _ -> virqs++);
        guest = host.createDomain();
        guest.unpause();
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private void expect(boolean complete, int code) {
        assertThat(guest.state().shutdown()).isEqualTo(complete);
        assertThat(guest.state().shutdownCode()).isEqualTo(code);
    }

    @Test
    @DisplayName("lifecycle.md 2: a domain that never shut down has the code 255")
    void noCode() {
        expect(false, DomainState.NO_SHUTDOWN_CODE);
    }

    @Test
    @DisplayName("L-SHUT-1, L-SHUT-2: the first reason wins, and a second shutdown tells nobody")
    void theFirstReasonWins() throws Exception {
        guest.shutdown(ShutdownCode.REBOOT);
        guest.crash();
        expect(true, ShutdownCode.REBOOT);
        assertThat(virqs).isEqualTo(1);
    }

    @Test
    @DisplayName("L-SHUT-1: a reason that was latched before decides; only 8 bits of it count")
    void aLatchedReasonDecides() throws Exception {
        guest.latchShutdownCode(0x100 + ShutdownCode.WATCHDOG);
        expect(false, ShutdownCode.WATCHDOG);
        guest.shutdown(ShutdownCode.POWEROFF);
        expect(true, ShutdownCode.WATCHDOG);
    }

    @Test
    @DisplayName("L-SHUT-3, L-SHUT-5: a shutdown waits for I/O in flight and shows only when it is complete")
    void aShutdownWaitsForIo() throws Exception {
        guest.beginIo();
        guest.beginIo();
        guest.shutdown(ShutdownCode.POWEROFF);
        guest.endIo();
        expect(false, ShutdownCode.POWEROFF);
        assertThat(guest.isRunning()).isFalse();
        assertThat(virqs).isZero();
        guest.endIo();
        expect(true, ShutdownCode.POWEROFF);
        assertThat(virqs).isEqualTo(1);
    }

    @Test
    @DisplayName("L-SHUT-3: a crash does not wait for I/O")
    void aCrashDoesNotWait() throws Exception {
        guest.beginIo();
        guest.crash();
        expect(true, ShutdownCode.CRASH);
        guest.endIo();
        assertThat(virqs).isEqualTo(1);
    }

    @Test
    @DisplayName("L-SHUT-7: after a shutdown the ring page stays, and its events still reach the other side")
    void theRingOutlivesTheShutdown() throws Exception {
        int port = guest.prepareStore(0);
        int[] heard = {0};
        EventPorts dom0 = host.dom0().ports();
        dom0.handle(dom0.bindInterdomain(guest.domid(), port), false, _ -> heard[0]++);
        guest.shutdown(ShutdownCode.POWEROFF);
        try (Mapping ring = host.dom0().mapGrant(guest.domid(), 1)) {
            guest.rawRing().setBytes(0, (byte) 42);
            assertThat(ring.bytes().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 42);
        }
        guest.signalStore();
        assertThat(heard[0]).isEqualTo(2);
    }

    @Test
    @DisplayName("L-INFO-2: a domain can be paused, shut down and dead at once")
    void statesCombine() throws Exception {
        guest.prepareStore(0);
        try (Mapping ring = host.dom0().mapGrant(guest.domid(), 1)) {
            guest.pause();
            guest.crash();
            guest.destroy();
            expect(true, ShutdownCode.CRASH);
            assertThat(guest.isPaused()).isTrue();
            assertThat(guest.state().isDead()).isTrue();
            assertThat(ring.bytes().byteSize()).isEqualTo(4096);
        }
    }

    @Test
    @DisplayName("lifecycle.md 5.1: dom0 cannot shut down alone")
    void dom0CannotShutDown() {
        refused(Errno.EINVAL, () -> host.dom0().shutdown(ShutdownCode.POWEROFF));
    }
}
