package org.jxenstored.xen.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jxenstored.hypervisor.EventChannels.PendingListener;
import org.jxenstored.hypervisor.HypervisorException;
import org.jxenstored.hypervisor.PendingSource;
import org.jxenstored.hypervisor.PendingSource.Outcome;
import org.jxenstored.xen.fake.FakeKernel;
import org.jxenstored.xen.fake.FakeMachine;

/** The event channel device for a daemon that waits for it itself. */
final class PendingPortsTest {
    private static final long RESET = 0x4505;
    private static final int GUEST_PORT = 1;

    private final FakeMachine machine = new FakeMachine();
    private final FakeKernel kernel = new FakeKernel(machine);
    private final List<Integer> fired = new ArrayList<>();
    private XenEventChannels channels;
    private PendingSource source;
    private int virq;

    @BeforeEach
    void open() throws HypervisorException {
        machine.create(3, GUEST_PORT);
        channels = XenEventChannels.open(kernel);
        virq = channels.bindDomainException();
        source = channels.source().orElseThrow();
        while (source.read(_ -> {}) == Outcome.REPORTED) {
            channels.unmask(virq);
        }
    }

    @AfterEach
    void close() {
        channels.close();
    }

    private Outcome read() {
        return source.read(fired::add);
    }

    @Test
    void portsAreReportedByWhoReadsAndNoThreadIsStarted() throws HypervisorException {
        int port = channels.bindInterdomain(3, GUEST_PORT);
        assertThat(fired).isEmpty();
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        assertThat(fired).containsExactly(port);
        assertThat(read()).isEqualTo(Outcome.NOTHING);
        assertThat(kernel.openFiles()).isEqualTo(1);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("event-channels");
    }

    @Test
    @DisplayName("L-VIRQ-1, L-DEV-1: the VIRQ stays masked until it is unmasked, and what came meanwhile comes then")
    void aPortIsMaskedFromItsReportOn() {
        machine.tell(3);
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        machine.tell(3);
        machine.tell(4);
        assertThat(read()).isEqualTo(Outcome.NOTHING);
        channels.unmask(virq);
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        channels.unmask(virq);
        assertThat(read()).isEqualTo(Outcome.NOTHING);
        assertThat(fired).containsExactly(virq, virq);
    }

    @Test
    void manyPortsAreReportedInParts() throws HypervisorException {
        List<Integer> all = new ArrayList<>();
        for (int domid = 100; domid < 300; domid++) {
            machine.create(domid, GUEST_PORT);
            all.add(channels.bindInterdomain(domid, GUEST_PORT));
        }
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        assertThat(fired).hasSizeBetween(1, 99);
        while (read() == Outcome.REPORTED) {}
        assertThat(fired).containsExactlyElementsOf(all);
    }

    @Test
    void whoListensMayUnmaskAndUnbindAtOnce() throws HypervisorException {
        int port = channels.bindInterdomain(3, GUEST_PORT);
        PendingListener listener = each -> {
            fired.add(each);
            channels.unmask(each);
            channels.unbind(each);
        };
        assertThat(source.read(listener)).isEqualTo(Outcome.REPORTED);
        kernel.overflow();
        assertThat(source.read(listener)).isEqualTo(Outcome.REPORTED);
        assertThat(fired).containsExactly(port, virq);
        kernel.overflow();
        assertThat(source.read(listener)).isEqualTo(Outcome.REPORTED);
        assertThat(fired).containsExactly(port, virq);
    }

    @Test
    @DisplayName("where the device lost events, all that is bound is reported, and heard again")
    void lostEvents() throws HypervisorException {
        int guest = channels.bindInterdomain(3, GUEST_PORT);
        kernel.overflow();
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        assertThat(fired).containsExactlyInAnyOrder(virq, guest);
        fired.clear();
        assertThat(read()).isEqualTo(Outcome.NOTHING);
        channels.unmask(guest);
        kernel.fire(3, GUEST_PORT);
        assertThat(read()).isEqualTo(Outcome.REPORTED);
        assertThat(fired).containsExactly(guest);
    }

    @Test
    void aDeviceThatCannotBeReadAnyMoreIsBroken() {
        kernel.overflow();
        kernel.refuseRequest(RESET, 5);
        assertThat(read()).isEqualTo(Outcome.BROKEN);
        kernel.kill();
        assertThat(read()).isEqualTo(Outcome.BROKEN);
        assertThat(fired).isEmpty();
    }

    @Test
    void aListenerThatFailsIsToldOfTheNextPortAllTheSame() throws HypervisorException {
        int guest = channels.bindInterdomain(3, GUEST_PORT);
        machine.tell(3);
        assertThat(source.read(port -> {
                    fired.add(port);
                    throw fired.size() == 1
                            ? new RejectedExecutionException("it ends")
                            : new IllegalStateException("a defect");
                }))
                .isEqualTo(Outcome.REPORTED);
        assertThat(fired).containsExactlyInAnyOrder(guest, virq);
    }
}
