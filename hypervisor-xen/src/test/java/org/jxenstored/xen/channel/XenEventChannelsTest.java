package org.jxenstored.xen.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.jxenstored.xen.fake.Obstacles.blocked;
import static org.jxenstored.xen.fake.Obstacles.refused;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.Obstacle;
import org.jxenstored.protocol.Errno;
import org.jxenstored.xen.fake.FakeKernel;
import org.jxenstored.xen.fake.FakeMachine;
import org.jxenstored.xen.foreign.SystemCalls;

final class XenEventChannelsTest {
    private static final long BIND_VIRQ = 0x44500;
    private static final int GUEST_PORT = 1;

    private final FakeMachine machine = new FakeMachine();
    private final FakeKernel kernel = new FakeKernel(machine);
    private final List<Integer> fired = Collections.synchronizedList(new ArrayList<>());
    private XenEventChannels channels;

    @BeforeEach
    void open() throws HypervisorException {
        machine.create(3, GUEST_PORT);
        channels = XenEventChannels.open(kernel);
    }

    @AfterEach
    void close() {
        channels.close();
    }

    private void awaitFired(Integer... ports) {
        await().untilAsserted(() -> assertThat(fired).containsExactly(ports));
    }

    /** Ports that fire in the meantime would be read first. */
    private void awaitAllRead() throws HypervisorException {
        machine.create(99, 7);
        int port = channels.bindInterdomain(99, 7);
        await().until(() -> fired.remove(Integer.valueOf(port)));
        channels.unbind(port);
    }

    @Test
    @DisplayName("L-VIRQ-4: the VIRQ is bound when the device is opened, a second xenstored hears that there is one")
    void aSecondXenstored() {
        FakeKernel other = new FakeKernel(machine);
        blocked(Obstacle.ALREADY_SERVED, () -> XenEventChannels.open(other), "another xenstored", "VIRQ_DOM_EXC");
        assertThat(other.openFiles()).isZero();
        channels.close();
        assertThatCode(() -> XenEventChannels.open(other).close()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {SystemCalls.EBUSY, SystemCalls.EPERM, SystemCalls.EACCES})
    @DisplayName("L-VIRQ-4: a domain that may not have the VIRQ is told where xenstored runs")
    void notTheDomainForIt(int errno) {
        FakeKernel other = new FakeKernel(machine);
        other.refuseRequest(BIND_VIRQ, errno);
        blocked(Obstacle.NO_RIGHTS, () -> XenEventChannels.open(other), "VIRQ_DOM_EXC", "control domain");
        other.refuseRequest(BIND_VIRQ, 28);
        blocked(Obstacle.OTHER, () -> XenEventChannels.open(other), "VIRQ_DOM_EXC", "ENOSPC");
    }

    @Test
    void theVirqIsBoundOnceAndAnewAfterItWasUnbound() throws HypervisorException {
        int port = channels.bindDomainException();
        assertThat(channels.bindDomainException()).isEqualTo(port);
        channels.unbind(port);
        assertThat(channels.bindDomainException()).isNotEqualTo(port);
    }

    @Test
    @DisplayName("L-VIRQ-1, L-DEV-1: the VIRQ stays masked until it is unmasked, and what came meanwhile comes then")
    void aPortIsMaskedFromItsReportOn() throws HypervisorException {
        int port = channels.bindDomainException();
        channels.listen(fired::add);
        machine.tell(3);
        awaitFired(port);
        machine.tell(3);
        machine.tell(4);
        awaitAllRead();
        assertThat(fired).containsExactly(port);
        channels.unmask(port);
        awaitFired(port, port);
        channels.unmask(port);
        awaitAllRead();
        assertThat(fired).containsExactly(port, port);
    }

    @Test
    @DisplayName("L-RING-3: the local port names the connection, whatever the guest's port is")
    void aGuestsPort() throws HypervisorException {
        channels.listen(fired::add);
        int port = channels.bindInterdomain(3, GUEST_PORT);
        awaitFired(port);
        channels.unmask(port);
        kernel.fire(3, GUEST_PORT);
        awaitFired(port, port);
        channels.signal(port);
        assertThat(machine.signals).containsExactly("3:" + GUEST_PORT);
    }

    @Test
    @DisplayName("L-RING-4, P-INTRO-5: a port that does not wait for us cannot be bound")
    void aPortThatDoesNotWaitForUs() throws HypervisorException {
        refused(Errno.EINVAL, () -> channels.bindInterdomain(3, 2), "domain 3", "event channel 2");
        refused(Errno.EINVAL, () -> channels.bindInterdomain(4, GUEST_PORT), "domain 4");
        int port = channels.bindInterdomain(3, GUEST_PORT);
        refused(Errno.EINVAL, () -> channels.bindInterdomain(3, GUEST_PORT), "domain 3");
        channels.unbind(port);
        assertThatCode(() -> channels.bindInterdomain(3, GUEST_PORT)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("P-INTRO-5: an error that the protocol has no name for is EINVAL to clients, and named in the log")
    void anErrorWithoutAName() {
        kernel.refuseRequest(0x84501, SystemCalls.ESRCH);
        refused(Errno.EINVAL, () -> channels.bindInterdomain(3, GUEST_PORT), "errno 3");
        kernel.refuseRequest(0x84501, SystemCalls.EACCES);
        refused(Errno.EACCES, () -> channels.bindInterdomain(3, GUEST_PORT), "EACCES");
    }

    @Test
    void anEndThatIsGoneDisturbsNobody() throws HypervisorException {
        channels.listen(fired::add);
        int port = channels.bindInterdomain(3, GUEST_PORT);
        channels.unbind(port);
        assertThatCode(() -> {
                    channels.signal(port);
                    channels.unmask(port);
                    channels.unbind(port);
                })
                .doesNotThrowAnyException();
        awaitAllRead();
        assertThat(machine.signals).isEmpty();
    }

    @Test
    void aListenerThatFailsIsToldOfTheNextPortAllTheSame() throws HypervisorException {
        channels.listen(port -> {
            fired.add(port);
            throw fired.size() == 1 ? new RejectedExecutionException("it ends") : new IllegalStateException("a defect");
        });
        int first = channels.bindInterdomain(3, GUEST_PORT);
        awaitFired(first);
        machine.tell(3);
        awaitFired(first, channels.bindDomainException());
        channels.unmask(first);
        kernel.fire(3, GUEST_PORT);
        awaitFired(first, channels.bindDomainException(), first);
    }

    @Test
    @DisplayName("where the device lost events, all that is bound is reported, and heard again")
    void lostEvents() throws HypervisorException {
        channels.listen(fired::add);
        int virq = channels.bindDomainException();
        int gone = channels.bindInterdomain(3, GUEST_PORT);
        awaitFired(gone);
        channels.unbind(gone);
        int guest = channels.bindInterdomain(3, GUEST_PORT);
        awaitFired(gone, guest);
        fired.clear();
        kernel.overflow();
        await().untilAsserted(() -> assertThat(fired).containsExactlyInAnyOrder(virq, guest));
        channels.unmask(guest);
        kernel.fire(3, GUEST_PORT);
        await().untilAsserted(() -> assertThat(fired).containsExactlyInAnyOrder(virq, guest, guest));
    }

    @Test
    void onlyOneListens() {
        channels.listen(fired::add);
        assertThatIllegalStateException().isThrownBy(() -> channels.listen(fired::add));
    }

    @Test
    void closingEndsTheThreadAndTheBindings() throws HypervisorException {
        channels.listen(fired::add);
        channels.bindInterdomain(3, GUEST_PORT);
        channels.close();
        channels.close();
        assertThat(kernel.openFiles()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("event-channels");
        XenEventChannels again = XenEventChannels.open(kernel);
        assertThatCode(() -> again.bindInterdomain(3, GUEST_PORT)).doesNotThrowAnyException();
        again.close();
    }
}
