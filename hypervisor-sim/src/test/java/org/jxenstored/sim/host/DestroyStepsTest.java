package org.jxenstored.sim.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.jxenstored.sim.host.Refusals.refused;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.DomainState.Life;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.RingMapper;
import org.jxenstored.protocol.Errno;

/** The steps of lifecycle.md 7, one after the other. */
final class DestroyStepsTest {
    private final SimHost host = new SimHost(1, Runnable::run);

    @AfterEach
    void switchOff() {
        host.close();
    }

    private SimDomain guest(int memoryMib) throws HypervisorException {
        SimDomain guest = host.createDomain(DomainConfig.SMALL.withMemoryMib(memoryMib));
        guest.prepareStore(0);
        guest.unpause();
        return guest;
    }

    private static int stepsOf(SimDomain guest) throws HypervisorException {
        int steps = 1;
        while (!guest.destroyStep()) {
            steps++;
        }
        return steps;
    }

    @Test
    @DisplayName("L-KILL-2: the more memory, the more steps; the pages go little by little")
    void theMoreMemoryTheMoreSteps() throws Exception {
        assertThat(stepsOf(guest(1024)) - stepsOf(guest(64))).isEqualTo(15);
        SimDomain guest = guest(192);
        assertThat(guest.pages()).isEqualTo(192 * 256);
        List<Long> pages = new ArrayList<>();
        while (!guest.destroyStep()) {
            pages.add(guest.pages());
        }
        assertThat(pages).isSortedAccordingTo((a, b) -> Long.compare(b, a)).contains(128L * 256, 64L * 256);
        assertThat(guest.pages()).isZero();
    }

    @Test
    @DisplayName("L-KILL-1: until the last step the domain is dying, and nobody is told")
    void dyingUntilTheLastStep() throws Exception {
        EventPorts dom0 = host.dom0().ports();
        int[] virqs = {0};
        dom0.handle(dom0.bindDomainException(), false, _ -> virqs[0]++);
        SimDomain guest = guest(256);
        host.takeChanged();
        while (!guest.destroyStep()) {
            assertThat(guest.state().life()).isEqualTo(Life.DYING);
            assertThat(host.takeChanged()).isEmpty();
            assertThat(virqs[0]).isZero();
        }
        assertThat(guest.state().life()).isEqualTo(Life.DEAD);
        assertThat(virqs[0]).isEqualTo(2);
    }

    @Test
    @DisplayName("lifecycle.md 7: maps of others go before the event channels, and these before its own pages")
    void theOrderOfSteps() throws Exception {
        SimDomain frontend = guest(64);
        SimDomain guest = guest(64);
        Mapping map = guest.mapGrant(frontend.domid(), permit(frontend, guest));
        int port = host.dom0().ports().bindInterdomain(guest.domid(), guest.storePort());
        assertThat(guest.destroyStep()).isFalse();
        assertThat(map.bytes().byteSize()).isPositive();
        assertThat(guest.destroyStep()).isFalse();
        assertThatIllegalStateException().isThrownBy(map::bytes);
        assertThat(host.dom0().ports().isConnected(port)).isTrue();
        assertThat(guest.destroyStep()).isFalse();
        assertThat(host.dom0().ports().isConnected(port)).isFalse();
        guest.rawRing().setWord(0, 1);
        assertThat(guest.destroyStep()).isFalse();
        assertThat(guest.destroyStep()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> guest.rawRing().word(0));
    }

    private static int permit(SimDomain owner, SimDomain other) throws HypervisorException {
        return owner.grantPage(other.domid());
    }

    @Test
    @DisplayName("L-KILL-3: between the steps nothing new can be had, and the ring goes on to its very end")
    void nothingNewBetweenTheSteps() throws Exception {
        SimDomain guest = guest(128);
        Mapping ring = host.dom0().mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE);
        SimDomain stubdom = guest(64);
        SimDomain dom0 = host.dom0();
        while (!guest.destroyStep()) {
            refused(Errno.EINVAL, () -> guest.grantPage(0));
            refused(Errno.EINVAL, () -> guest.setWatchdog(Duration.ofSeconds(1)));
            refused(Errno.EINVAL, () -> guest.mapGrant(0, RingMapper.GRANT_XENSTORE));
            refused(Errno.EINVAL, () -> dom0.mapForeign(guest.domid(), guest.storeGfn()));
            refused(Errno.EINVAL, () -> dom0.mapIoreqPages(guest.domid()));
            refused(Errno.EINVAL, () -> stubdom.setTarget(guest.domid()));
            ring.bytes().fill((byte) 3);
        }
        ring.bytes().fill((byte) 4);
        assertThat(guest.pages()).isEqualTo(1);
        ring.close();
    }

    @Test
    @DisplayName("L-KILL-4: further steps for a zombie do nothing; a domain that is off the list is not found")
    void stepsAfterTheLast() throws Exception {
        SimDomain guest = guest(64);
        Mapping ring = host.dom0().mapGrant(guest.domid(), RingMapper.GRANT_XENSTORE);
        guest.destroy();
        assertThat(guest.destroyStep()).isTrue();
        ring.close();
        refused(Errno.ENOENT, guest::destroyStep);
        refused(Errno.ENOENT, guest::unpause);
        refused(Errno.ENOENT, () -> guest.shutdown(ShutdownCode.POWEROFF));
        refused(Errno.ENOENT, guest::resume);
        refused(Errno.ENOENT, guest::crash);
    }

    @Test
    @DisplayName("L-KILL-2: a second destroyer takes no memory away while the first still stops the program")
    void theProgramIsStoppedFirst() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        List<Integer> seen = new ArrayList<>();
        SimDomain guest = host.createDomain();
        guest.load(new GuestProgram() {
            @Override
            public void start() {}

            @Override
            public void stop() {
                stopping.countDown();
                awaitUninterrupted(letGo);
                seen.add(guest.rawRing().word(0));
            }
        });
        guest.unpause();
        Thread first = host.time().start("first", () -> destroy(guest));
        stopping.await();
        Thread second = host.time().start("second", () -> destroy(guest));
        letGo.countDown();
        first.join();
        second.join();
        assertThat(seen).containsExactly(0);
        assertThat(host.list()).containsExactly(host.dom0());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupt) {
            throw new IllegalStateException(interrupt);
        }
    }

    private static void destroy(SimDomain guest) {
        try {
            guest.destroy();
        } catch (HypervisorException gone) {
            assertThat(gone.errno()).isEqualTo(Errno.ENOENT);
        }
    }
}
