package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jxenstored.sim.host.Refusals.refused;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.protocol.Errno;
import org.jxenstored.sim.time.HandClock;

final class VcpuTest {
    private final HandClock clock = new HandClock();
    private final SimHost host = new SimHost(1, clock);

    @AfterEach
    void switchOff() {
        host.close();
    }

    @Test
    @DisplayName("lifecycle.md 3 step 5: all virtual CPUs are down at first; the kernel starts all but the first")
    void theKernelStartsTheOthers() throws Exception {
        SimDomain guest = host.createDomain(DomainConfig.SMALL.withVcpus(3));
        assertThat(guest.onlineVcpus()).isZero();
        guest.unpause();
        assertThat(guest.onlineVcpus()).isEqualTo(1);
        guest.startVcpu(2);
        guest.startVcpu(2);
        assertThat(guest.onlineVcpus()).isEqualTo(2);
        guest.stopVcpu(0);
        assertThat(guest.onlineVcpus()).isEqualTo(1);
        refused(Errno.EINVAL, () -> guest.startVcpu(3));
    }

    @Test
    @DisplayName("lifecycle.md 14: dom0 has all its virtual CPUs from the start")
    void dom0HasAllVcpus() {
        assertThat(host.dom0().onlineVcpus()).isEqualTo(host.dom0().config().vcpus());
    }

    @Test
    @DisplayName("L-INFO-1: the running time of a domain stands while it is paused, shut down or not started")
    void runningTime() throws Exception {
        SimDomain guest = host.createDomain();
        second();
        guest.unpause();
        second();
        guest.pause();
        guest.pause();
        second();
        guest.unpause();
        second();
        guest.unpause();
        second();
        guest.shutdown(ShutdownCode.SUSPEND);
        second();
        assertThat(guest.runningTime()).isEqualTo(Duration.ofSeconds(2));
        guest.resume();
        second();
        assertThat(guest.runningTime()).isEqualTo(Duration.ofSeconds(3));
        guest.beginDestroy();
        second();
        assertThat(guest.runningTime()).isEqualTo(Duration.ofSeconds(3));
    }

    private void second() {
        clock.pass(Duration.ofSeconds(1));
    }
}
