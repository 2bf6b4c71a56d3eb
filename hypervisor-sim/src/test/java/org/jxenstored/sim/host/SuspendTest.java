package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jxenstored.sim.host.Refusals.refused;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.protocol.Errno;

final class SuspendTest {
    private final SimHost host = new SimHost(1, Runnable::run);
    private final CompletableFuture<String> outcome = new CompletableFuture<>();
    private SimDomain guest = host.dom0();
    private Thread kernel = Thread.currentThread();

    @BeforeEach
    void start() throws Exception {
        guest = host.createDomain();
        guest.unpause();
        kernel = host.time().start("guest", this::kernel);
        await().until(() -> guest.state().shutdown());
    }

    @AfterEach
    void switchOff() {
        host.close();
    }

    private void kernel() {
        sleep(outcome);
    }

    private void sleep(CompletableFuture<String> told) {
        try {
            guest.suspend();
            told.complete("resumed");
        } catch (HypervisorException refusal) {
            told.complete(refusal.errno().name());
        } catch (InterruptedException interrupt) {
            told.complete("interrupted");
        }
    }

    @Test
    @DisplayName("L-SUSP-5: a suspended kernel waits in its hypercall until it is resumed")
    void resume() throws Exception {
        assertThat(guest.state().shutdown()).isTrue();
        assertThat(guest.state().shutdownCode()).isEqualTo(ShutdownCode.SUSPEND);
        guest.resume();
        assertThat(outcome.get()).isEqualTo("resumed");
        assertThat(guest.isRunning()).isTrue();
    }

    @Test
    @DisplayName("L-SUSP-5: a kernel that is resumed while it is paused goes on only when it is unpaused")
    void resumedWhilePaused() throws Exception {
        guest.pause();
        guest.resume();
        assertThat(guest.state().shutdown()).isFalse();
        assertThat(kernel.isAlive()).isTrue();
        assertThat(outcome).isNotDone();
        guest.unpause();
        assertThat(outcome.get()).isEqualTo("resumed");
    }

    @Test
    @DisplayName("L-SUSP-8: a kernel whose domain is destroyed while it is suspended ends")
    void destroyed() throws Exception {
        guest.beginDestroy();
        assertThat(outcome.get()).isEqualTo("ENOENT");
    }

    @Test
    @DisplayName("L-SUSP-9: a kernel that sleeps through a soft reset ends; it is not the one that runs then")
    void reset() throws Exception {
        guest.resume();
        assertThat(outcome.get()).isEqualTo("resumed");
        CompletableFuture<String> second = new CompletableFuture<>();
        guest.latchShutdownCode(ShutdownCode.SOFT_RESET);
        kernel = host.time().start("guest", () -> sleep(second));
        await().until(() -> guest.state().shutdown());
        guest.softReset();
        assertThat(second.get()).isEqualTo("ENOENT");
        assertThat(guest.isRunning()).isTrue();
    }

    @Test
    @DisplayName("a suspended kernel can be interrupted; its domain stays suspended")
    void interrupted() throws Exception {
        kernel.interrupt();
        assertThat(outcome.get()).isEqualTo("interrupted");
        assertThat(guest.state().shutdown()).isTrue();
    }

    @Test
    @DisplayName("L-KILL-3: a kernel of a dying domain cannot suspend")
    void aDyingDomainDoesNotSuspend() throws Exception {
        guest.beginDestroy();
        refused(Errno.EINVAL, guest::suspend);
        refused(Errno.EINVAL, host.dom0()::suspend);
    }
}
